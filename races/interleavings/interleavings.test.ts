import fc, { type Scheduler } from 'fast-check';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { full, seed } from '../seed.ts';
import { brokenPromises, keysLeftAtOnce } from './kept-promises.ts';
import { type Plan, plans } from './plan.ts';
import { Simulation } from './simulation.ts';
import { virtualClearInterval, virtualSetInterval } from './virtual-timers.ts';

vi.mock('node:timers/promises', () => import('./virtual-timers.ts'));

beforeAll(() => {
  vi.stubGlobal('setInterval', virtualSetInterval);
  vi.stubGlobal('clearInterval', virtualClearInterval);
  vi.spyOn(Math, 'random').mockReturnValue(0.5); // jitter: a seed gives the same run again
});
afterAll(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

const RUNS = Number(process.env.RACES_INTERLEAVINGS ?? (full ? 10_000 : 2000));
const path = process.env.RACES_PATH;

test(`${RUNS} random orders of events break no promise`, async () => {
  process.stdout.write(`RACES_SEED=${seed}\n`);
  const property = fc.asyncProperty(fc.scheduler(), plans, runOnce);
  const result = await fc.check(property, { seed, numRuns: RUNS, ...(path && { path }) });
  if (!result.failed) return;
  const again = `RACES_SEED=${seed} RACES_PATH=${result.counterexamplePath} pnpm test:races`;
  const { message } = result.errorInstance as Error;
  expect.fail(`run ${result.numRuns}, after ${result.numShrinks} shrinks. ${again}\n${message}`);
}, 900_000);

async function runOnce(scheduler: Scheduler, plan: Plan): Promise<void> {
  const run = new Simulation(plan, scheduler);
  try {
    await run.happen();
    const left = await keysLeftAtOnce(run);
    await run.aftermath();
    expect([...left, ...(await brokenPromises(run))].join('\n')).toBe('');
  } catch (error) {
    throw new Error(`${(error as Error).message}\n${story(scheduler, plan)}`, { cause: error });
  } finally {
    await run.store.close();
  }
}

/** What happened, a message a line; of a long story the end. */
function story(scheduler: Scheduler, plan: Plan): string {
  const messages = scheduler
    .report()
    .filter(({ status, label }) => status === 'resolved' && label !== 'clock')
    .map(({ label }) => label);
  return `${JSON.stringify(plan)}\n${messages.slice(-150).join('\n')}`;
}
