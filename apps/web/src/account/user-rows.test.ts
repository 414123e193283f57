import { expect, test } from 'vitest';
import { userRows } from './user-rows.ts';

const ALL = { username: 'ann', name: 'Ann Lee', email: 'ann@example.com' };

test('what a provider gives is listed', () => {
  expect(userRows({ id: 7, ...ALL })).toEqual([
    { term: 'username', value: 'ann' },
    { term: 'name', value: 'Ann Lee' },
    { term: 'email', value: 'ann@example.com' },
  ]);
});

test.each(['username', 'name', 'email'] as const)(
  'where there is no %s, there is no row',
  (term) => {
    for (const nothing of [undefined, null, '', ' ']) {
      const rows = userRows({ id: 7, ...ALL, [term]: nothing });
      expect(rows.map((row) => row.term)).not.toContain(term);
      expect(rows).toHaveLength(2);
    }
  },
);

test('a name that is the user name again is listed once', () => {
  expect(userRows({ id: 7, username: 'ann', name: 'ann', email: 'ann@example.com' })).toEqual([
    { term: 'username', value: 'ann' },
    { term: 'email', value: 'ann@example.com' },
  ]);
});

test('of somebody with a single name the id is listed too', () => {
  expect(userRows({ id: 'a1b2', name: 'Ann' })).toEqual([
    { term: 'name', value: 'Ann' },
    { term: 'id', value: 'a1b2' },
  ]);
});

test.each([[0], [7], ['a1b2']])('of somebody without any name the id %s is listed', (id) => {
  expect(userRows({ id })).toEqual([{ term: 'id', value: String(id) }]);
});
