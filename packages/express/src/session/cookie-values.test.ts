import { expect, test } from 'vitest';
import { cookieValues } from './cookie-values.ts';

test.each([
  ['a=1; cloakroom=x; b=2', ['x']],
  ['cloakroom=x; cloakroom=y', ['x', 'y']],
  ['cloakroom=x=y', ['x=y']],
  ['Cloakroom=x', []],
  ['\u2000cloakroom=x', []],
  ['cloakroom', []],
  ['', []],
  [undefined, []],
])('%s', (header, expected) => {
  expect(cookieValues(header, 'cloakroom')).toEqual(expected);
});
