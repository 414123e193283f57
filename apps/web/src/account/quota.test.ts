import { expect, test } from 'vitest';
import { isMeterable } from './quota.ts';

test.each([
  [1_000_000, 250_000],
  [10, 0],
  [10, 10],
])('a quota of %d with %d used is drawn', (quota, used) => {
  expect(isMeterable({ quota, used })).toBe(true);
});

test.each([
  [undefined, undefined],
  [10, undefined],
  [undefined, 10],
  [null, 1],
  [0, 0],
  [-1, 0],
  [10, -1],
  [10, 11],
  [Number.POSITIVE_INFINITY, 1],
  [Number.NaN, 1],
])('a quota of %s with %s used is not', (quota, used) => {
  expect(isMeterable({ quota, used })).toBe(false);
});
