import { randomBytes } from 'node:crypto';
import { type FileHandle, open, readFile, realpath, rename, rm, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { parseEnv } from 'node:util';
import { setVariables } from './env-text.ts';
import { RegistrationError } from './registration-error.ts';

const OWNER_ONLY = 0o600;

/** An env file that is about to change. Either `save` or `discard` must follow. */
export interface EnvFileDraft {
  /** What the file says now; empty when there is no file yet. */
  variables: Readonly<Record<string, string | undefined>>;
  /** Others than the owner can use the file now, and cannot after `save`. */
  willTighten: boolean;
  /** Put variables into the file: all of them at once, or none and an error. */
  save(values: Readonly<Record<string, string>>): Promise<void>;
  discard(): Promise<void>;
}

/**
 * Prepare a change of an env file. Its successor is created beside it at once, so that a place
 * that cannot be written shows before anything else is done.
 *
 * @throws {RegistrationError} of kind `cannot-write`
 */
export function draftEnvFile(path: string): Promise<EnvFileDraft> {
  return explained(path, async () => {
    const { target, text, mode } = await current(path);
    const successor = `${target}.${randomBytes(6).toString('hex')}.tmp`;
    const file = await open(successor, 'wx', OWNER_ONLY);
    const discard = async () => {
      await file.close().catch(() => {});
      await rm(successor, { force: true });
    };
    return {
      variables: parseEnv(text),
      willTighten: (mode & ~OWNER_ONLY) !== 0,
      discard,
      save: (values) =>
        explained(path, async () => {
          try {
            await write(file, setVariables(text, values), mode & OWNER_ONLY);
            await rename(successor, target);
          } finally {
            await discard();
          }
        }),
    };
  });
}

interface CurrentFile {
  /** Where the file really is: a link stays a link. */
  target: string;
  text: string;
  mode: number;
}

async function current(path: string): Promise<CurrentFile> {
  try {
    const target = await realpath(path);
    return {
      target,
      text: await readFile(target, 'utf8'),
      mode: (await stat(target)).mode & 0o777,
    };
  } catch (error) {
    if (!isMissing(error)) throw error;
    return { target: resolve(path), text: '', mode: OWNER_ONLY };
  }
}

async function write(file: FileHandle, text: string, mode: number): Promise<void> {
  await file.writeFile(text);
  await file.chmod(mode);
  await file.sync();
  await file.close();
}

async function explained<T>(path: string, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof RegistrationError) throw error;
    const reason = error instanceof Error && 'code' in error ? error.code : 'unknown reason';
    throw new RegistrationError('cannot-write', `${path} cannot be written (${reason}).`, {
      cause: error,
    });
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
