import cluster from 'node:cluster';
import { createLogger } from '@cloakroom/express/logger';
import { OptionsError } from '@cloakroom/express/options';
import { BAD_SETTINGS } from './exit-codes.ts';
import { run } from './run.ts';
import { readSettings } from './settings.ts';
import { superviseWorkers } from './workers.ts';

try {
  const settings = readSettings(process.env);
  const log = createLogger(settings.LOG_LEVEL);
  const supervise = settings.WORKERS > 1 && cluster.isPrimary;
  await (supervise ? superviseWorkers : run)(settings, log);
} catch (error) {
  if (!(error instanceof OptionsError)) throw error;
  process.stderr.write('Cloakroom cannot start with these settings:\n');
  for (const problem of error.problems) process.stderr.write(`  ${problem}\n`);
  process.exit(BAD_SETTINGS);
}
