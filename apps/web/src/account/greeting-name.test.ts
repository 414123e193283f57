import { expect, test } from 'vitest';
import { greetingName } from './greeting-name.ts';

test.each([
  [{ username: 'ann', name: 'Ann Lee', email: 'ann@example.com' }, 'ann'],
  [{ name: 'Ann Lee', email: 'ann@example.com' }, 'Ann Lee'],
  [{ username: '', name: '  ', email: 'ann@example.com' }, 'ann@example.com'],
  [{ username: null, name: null, email: null }, undefined],
  [{ name: ' Ann ' }, 'Ann'],
  [{}, undefined],
])('%j is greeted as %s', (user, name) => {
  expect(greetingName({ id: 1, ...user })).toBe(name);
});
