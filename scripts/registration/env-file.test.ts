import {
  chmod,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { draftEnvFile } from './env-file.ts';

let folder: string;
let file: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cloakroom-env-'));
  file = join(folder, '.env');
});

afterEach(() => rm(folder, { recursive: true }));

async function modeOf(path: string): Promise<number> {
  return (await stat(path)).mode & 0o777;
}

test('a new file is for its owner only', async () => {
  const draft = await draftEnvFile(file);
  expect(draft).toMatchObject({ variables: {}, willTighten: false });
  await draft.save({ A: 'x' });
  expect(await readFile(file, 'utf8')).toBe('A=x\n');
  expect(await modeOf(file)).toBe(0o600);
});

test.each([
  [0o644, 0o600, true],
  [0o660, 0o600, true],
  [0o600, 0o600, false],
  [0o400, 0o400, false],
])('a file of mode %o becomes %o', async (before, after, willTighten) => {
  await writeFile(file, 'B=1\n');
  await chmod(file, before);
  const draft = await draftEnvFile(file);
  expect(draft).toMatchObject({ variables: { B: '1' }, willTighten });
  await draft.save({ A: 'x' });
  expect(await modeOf(file)).toBe(after);
  expect(await readFile(file, 'utf8')).toBe('B=1\nA=x\n');
});

test('nothing is left beside the file, saved or discarded', async () => {
  await (await draftEnvFile(file)).save({ A: 'x' });
  await (await draftEnvFile(file)).discard();
  const refused = await draftEnvFile(file);
  await expect(refused.save({ A: `'"\`` })).rejects.toMatchObject({ kind: 'cannot-write' });
  expect(await readdir(folder)).toEqual(['.env']);
  expect(await readFile(file, 'utf8')).toBe('A=x\n');
});

test('the file is replaced as a whole: whoever reads it sees the old one or the new one', async () => {
  await writeFile(file, 'A=old\n');
  const before = await stat(file);
  const draft = await draftEnvFile(file);
  expect(await readFile(file, 'utf8')).toBe('A=old\n');
  await draft.save({ A: 'new' });
  expect((await stat(file)).ino).not.toBe(before.ino);
});

test('a link stays a link', async () => {
  await mkdir(join(folder, 'real'));
  await writeFile(join(folder, 'real', 'env'), 'A=old\n');
  await symlink('real/env', file);
  await (await draftEnvFile(file)).save({ A: 'new' });
  expect(await readFile(join(folder, 'real', 'env'), 'utf8')).toBe('A=new\n');
  expect(await readdir(join(folder, 'real'))).toEqual(['env']);
});

test('a place that cannot be written shows at once', async () => {
  await expect(draftEnvFile(join(folder, 'missing', '.env'))).rejects.toMatchObject({
    kind: 'cannot-write',
    message: expect.stringContaining('ENOENT'),
  });
  await expect(draftEnvFile(folder)).rejects.toMatchObject({ kind: 'cannot-write' });
});
