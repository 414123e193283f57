import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const SRC = new URL('../src/', import.meta.url);

test('the emulator imports nothing of the product: a wrong profile must not meet an equally wrong fake', () => {
  const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.ts'),
  );
  const imported = files.flatMap((file) =>
    [...readFileSync(new URL(file, SRC), 'utf8').matchAll(/from '([^'.][^']*)'/g)].map(
      (match) => match[1],
    ),
  );
  expect(new Set(imported.filter((name) => !name?.startsWith('node:')))).toEqual(
    new Set(['express', 'zod']),
  );
});
