import { OptionsError } from '@cloakroom/express/options';
import { createApp } from './app.ts';
import { createLogger } from './logger.ts';
import { serve } from './serve.ts';
import { readSettings, SettingsError } from './settings.ts';

/** EX_CONFIG of sysexits.h: starting again changes nothing. */
const BAD_SETTINGS = 78;

try {
  const settings = readSettings(process.env);
  const log = createLogger(settings.LOG_LEVEL);
  const { app, close } = createApp(settings, log);
  const serving = await serve(app, settings);
  log.info({
    event: 'listening',
    host: settings.HOST,
    port: settings.PORT,
    url: settings.PUBLIC_URL,
  });

  const stop = async (signal: string) => {
    log.info({ event: 'stopping', signal });
    await serving.drain();
    await close();
    log.info({ event: 'stopped' });
    process.exit(0);
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
} catch (error) {
  if (!(error instanceof SettingsError || error instanceof OptionsError)) throw error;
  process.stderr.write(`Cloakroom cannot start with these settings:\n`);
  for (const problem of error.problems) process.stderr.write(`  ${problem}\n`);
  process.exit(BAD_SETTINGS);
}
