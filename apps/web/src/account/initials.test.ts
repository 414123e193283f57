import { expect, test } from 'vitest';
import { initialsOf } from './initials.ts';

test.each([
  ['user123', 'U'],
  ['Ada Lovelace', 'AL'],
  ['ada.lovelace@example.com', 'AL'],
  ['  élodie ', 'É'],
  ['王小明', '王'],
  ['王 小明', '王'],
  ['👩‍🚀 crew', '👩‍🚀'],
  ['@', ''],
  ['', ''],
])('%j is shortened to %j', (name, initials) => {
  expect(initialsOf(name)).toBe(initials);
});
