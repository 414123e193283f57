import { expect, test } from 'vitest';
import { parseRetryAfter } from './retry-after.ts';

const NOW = Date.parse('2026-08-20T12:00:00Z');

test.each([
  ['0', 0],
  ['2026', 2026],
  ['5', 5],
  [' 120 ', 120],
  ['Thu, 20 Aug 2026 12:00:30 GMT', 30],
  ['Thu, 20 Aug 2026 11:00:00 GMT', 0],
])('%j is %d seconds', (value, seconds) => {
  expect(parseRetryAfter(value, NOW)).toBe(seconds);
});

test.each([null, '', 'soon', '-5', '1.5', '12345678901'])('%j says nothing', (value) => {
  expect(parseRetryAfter(value, NOW)).toBeUndefined();
});
