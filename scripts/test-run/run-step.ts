import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { styleText } from 'node:util';
import { pnpmCommand } from '../pnpm-command.ts';
import type { Step } from './steps.ts';
import { settle, type Tally } from './tally.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Run one step in the foreground, below its title and above its time. */
export async function runStep(step: Step): Promise<Tally> {
  console.log(`\n${styleText(['bold', 'cyan'], `▸ ${step.title}`)}`);
  const begin = performance.now();
  const folder = await mkdtemp(join(tmpdir(), 'cloakroom-test-'));
  try {
    const report = join(folder, 'report.json');
    const exitCode = await runScript(step, report);
    const tally = settle(exitCode, step.suite ? await readReport(step.suite, report) : null);
    const seconds = ((performance.now() - begin) / 1000).toFixed(1);
    const verdict = tally.failed > 0 ? styleText('red', 'failed') : styleText('green', 'passed');
    console.log(`  ${verdict} after ${seconds} s`);
    return tally;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function runScript({ script, suite }: Step, report: string): Promise<number> {
  const [program, ...args] = [...pnpmCommand(), 'run', script, ...(suite?.args(report) ?? [])];
  const child = spawn(program as string, args, {
    cwd: ROOT,
    env: { ...process.env, ...suite?.env?.(report) },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve(code ?? 1));
  });
}

/** Without a report there were no tests, which counts as a failure. */
async function readReport(suite: NonNullable<Step['suite']>, file: string): Promise<Tally> {
  try {
    return suite.read(JSON.parse(await readFile(file, 'utf8')));
  } catch {
    return { passed: 0, failed: 0 };
  }
}
