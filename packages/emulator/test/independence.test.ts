import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const SRC = new URL('../src/', import.meta.url);

/** What the files below a folder import that is neither theirs nor Node's. */
function importedBy(folder: string): Set<string> {
  const files = readdirSync(new URL(folder, SRC), { recursive: true, encoding: 'utf8' });
  const names = files
    .filter((file) => file.endsWith('.ts'))
    .map((file) => readFileSync(new URL(`${folder}${file}`, SRC), 'utf8'))
    .flatMap((text) => [...text.matchAll(/(?:from |import\()'([^'.][^']*)'/g)])
    .map(([, name = '']) => name);
  return new Set(names.filter((name) => !name.startsWith('node:')));
}

test('the emulator imports nothing of the product: a wrong profile must not meet an equally wrong fake', () => {
  expect(importedBy('./')).toEqual(new Set(['express', 'zod', 'oidc-provider']));
});

test('the library of the OpenID Connect issuer is known to that persona alone', () => {
  const personas = readdirSync(new URL('personas/', SRC), { withFileTypes: true });
  const others = personas.filter((entry) => entry.isDirectory() && entry.name !== 'oidc');
  const folders = ['control/', 'pages/', 'playbill/', 'provider/'];
  for (const folder of [...folders, ...others.map(({ name }) => `personas/${name}/`)]) {
    expect([folder, importedBy(folder).has('oidc-provider')]).toEqual([folder, false]);
  }
});
