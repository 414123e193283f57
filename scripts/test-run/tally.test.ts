import { expect, test } from 'vitest';
import { add, playwrightTally, settle, vitestTally } from './tally.ts';

test('reports are read', () => {
  expect(vitestTally({ numPassedTests: 3, numFailedTests: 1, numPendingTests: 2 })).toEqual({
    passed: 3,
    failed: 1,
  });
  expect(playwrightTally({ stats: { expected: 5, unexpected: 1, flaky: 2, skipped: 4 } })).toEqual({
    passed: 5,
    failed: 3,
  });
});

test('a report of another shape is none', () => {
  expect(() => vitestTally({})).toThrow();
  expect(() => playwrightTally({ stats: {} })).toThrow();
});

test.each([
  ['a gate that passes is one test', 0, null, { passed: 1, failed: 0 }],
  ['a gate that fails is one test', 2, null, { passed: 0, failed: 1 }],
  ['a suite counts its tests', 0, { passed: 7, failed: 0 }, { passed: 7, failed: 0 }],
  ['failures are counted once', 1, { passed: 7, failed: 2 }, { passed: 7, failed: 2 }],
  ['a bad end without a failed test is one', 1, { passed: 7, failed: 0 }, { passed: 7, failed: 1 }],
  ['a suite that ran nothing has failed', 0, { passed: 0, failed: 0 }, { passed: 0, failed: 1 }],
])('%s', (_what, exitCode, suite, settled) => {
  expect(settle(exitCode, suite)).toEqual(settled);
});

test('tallies add up', () => {
  expect(add({ passed: 1, failed: 2 }, { passed: 3, failed: 4 })).toEqual({ passed: 4, failed: 6 });
});
