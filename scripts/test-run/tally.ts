import { z } from 'zod';

/** How many tests passed and how many did not. */
export interface Tally {
  passed: number;
  failed: number;
}

const vitestReport = z.object({ numPassedTests: z.int(), numFailedTests: z.int() });

const playwrightReport = z.object({
  stats: z.object({ expected: z.int(), unexpected: z.int(), flaky: z.int() }),
});

/** Add two tallies up. */
export function add(one: Tally, other: Tally): Tally {
  return { passed: one.passed + other.passed, failed: one.failed + other.failed };
}

/** Read the JSON report of Vitest. */
export function vitestTally(report: unknown): Tally {
  const { numPassedTests, numFailedTests } = vitestReport.parse(report);
  return { passed: numPassedTests, failed: numFailedTests };
}

/** Read the JSON report of Playwright. A test that passed only when repeated has failed once too often. */
export function playwrightTally(report: unknown): Tally {
  const { expected, unexpected, flaky } = playwrightReport.parse(report).stats;
  return { passed: expected, failed: unexpected + flaky };
}

/**
 * Settle what a step counts for. A suite that ends badly although no test failed (a file that does
 * not load, a server that does not start) counts as one failure, and one that ran nothing too.
 */
export function settle(exitCode: number, suite: Tally | null): Tally {
  if (!suite) return exitCode === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
  const isBad = exitCode !== 0 || suite.passed + suite.failed === 0;
  return isBad ? { ...suite, failed: Math.max(1, suite.failed) } : suite;
}
