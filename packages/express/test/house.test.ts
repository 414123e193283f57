import { readdirSync, readFileSync } from 'node:fs';
import { profiles } from '@cloakroom/profiles/profiles';
import { expect, test } from 'vitest';

const SRC = new URL('../src/', import.meta.url);
const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
  .map((name) => ({ name, text: readFileSync(new URL(name, SRC), 'utf8') }));

test('no provider has its name in the engine', () => {
  // What publishes its own metadata is a standard, not a provider.
  const providers = Object.values(profiles).filter(({ endpoints }) => endpoints !== undefined);
  const names = providers.flatMap(({ id, name }) => [id, name]);
  const found = files.filter(({ text }) => new RegExp(names.join('|'), 'i').test(text));
  expect(found.map(({ name }) => name)).toEqual([]);
});

test('the callback is at most 40 lines', () => {
  const text = readFileSync(new URL('routes/callback.ts', SRC), 'utf8');
  const handler = text.slice(text.indexOf('export function callback'));
  expect(handler.split('\n').length).toBeLessThanOrEqual(40);
});

test('no file is longer than 250 lines', () => {
  const long = files.filter(({ text }) => text.split('\n').length > 250);
  expect(long.map(({ name }) => name)).toEqual([]);
});
