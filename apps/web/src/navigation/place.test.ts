import { expect, test } from 'vitest';
import { placeOf } from './place.ts';

test.each([
  ['/', 'account'],
  ['/sessions', 'sessions'],
  ['/Sessions', undefined],
  ['/sessions/x', undefined],
  ['//', undefined],
  ['/index.html', undefined],
])('%s leads to %s', (path, place) => {
  expect(placeOf(path)).toBe(place);
});
