import { expect, test } from 'vitest';
import { logoutTarget } from './logout-target.ts';

const ORIGIN = 'http://localhost:3000';

test.each([
  ['/auth/logout/continue/abc', `${ORIGIN}/auth/logout/continue/abc`],
  [`${ORIGIN}/`, `${ORIGIN}/`],
  ['https://issuer.example/end?x=1', 'https://issuer.example/end?x=1'],
])('a logout may lead to %s', (logoutUrl, target) => {
  expect(logoutTarget(logoutUrl, ORIGIN)).toBe(target);
});

test.each([
  null,
  'javascript:alert(1)',
  'data:text/html,x',
  'http://elsewhere.example/',
  '//elsewhere.example/',
  '/\\elsewhere.example/',
  'http://[',
])('a logout leads nowhere for %s', (logoutUrl) => {
  expect(logoutTarget(logoutUrl, ORIGIN)).toBeUndefined();
});
