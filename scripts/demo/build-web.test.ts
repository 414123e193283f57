import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { isWebBuilt } from './build-web.ts';

let root: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'cloakroom-web-'));
});

afterEach(() => rm(root, { recursive: true }));

/** A file last written at this minute, in folders that are as old. */
async function write(path: string, minute: number): Promise<void> {
  const time = new Date(2026, 0, 1, 0, minute);
  await mkdir(dirname(join(root, path)), { recursive: true });
  await writeFile(join(root, path), '');
  for (let touched = path; touched !== '.'; touched = dirname(touched)) {
    await utimes(join(root, touched), time, time);
  }
}

test('without a build there is none', async () => {
  await write('apps/web/src/main.tsx', 1);
  expect(await isWebBuilt(root)).toBe(false);
});

test.each([
  'apps/web/src/main.tsx',
  'apps/web/index.html',
  'packages/react/src/session/state.ts',
  'packages/contract/src/paths.ts',
  'pnpm-lock.yaml',
])('a build counts while it is newer than %s', async (source) => {
  await write(source, 1);
  await write('apps/web/dist/index.html', 2);
  expect(await isWebBuilt(root)).toBe(true);
  await write(source, 3);
  expect(await isWebBuilt(root)).toBe(false);
});

test('a build is out of date when a source was removed since', async () => {
  await write('apps/web/src/main.tsx', 1);
  await write('apps/web/src/gone.tsx', 1);
  await write('apps/web/dist/index.html', 2);
  await rm(join(root, 'apps/web/src/gone.tsx'));
  expect(await isWebBuilt(root)).toBe(false);
});
