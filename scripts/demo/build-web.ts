import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describeEnd, startChild } from '../child-process.ts';
import { pnpmCommand } from '../pnpm-command.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const BUILT = 'apps/web/dist/index.html';
const SOURCES = [
  'apps/web/index.html',
  'apps/web/vite.config.ts',
  'apps/web/package.json',
  'apps/web/src',
  'apps/web/public',
  'packages/react/src',
  'packages/contract/src',
  'pnpm-lock.yaml',
];

interface Logging {
  logFile: string;
  onLine: ((line: string) => void) | undefined;
}

/**
 * Build the SPA, unless what is built is newer than every source.
 *
 * @param started gets the build while it runs, so that it can be stopped
 * @throws with the last lines of the build when that fails
 */
export async function buildWeb(
  logging: Logging,
  started: { stop(): Promise<unknown> }[],
): Promise<void> {
  if (await isWebBuilt(ROOT)) return;
  console.log('Building the SPA ...');
  const build = startChild({
    name: 'The build of the SPA',
    command: [...pnpmCommand(), '--filter', '@cloakroom/web', 'build'],
    cwd: ROOT,
    env: process.env,
    ...logging,
  });
  started.push(build);
  const end = await build.ended;
  if (end.code !== 0) throw new Error(describeEnd(build, end));
}

/** Tell whether the built SPA below a folder is newer than everything it is built from. */
export async function isWebBuilt(root: string): Promise<boolean> {
  const built = await stat(join(root, BUILT)).catch(() => null);
  if (!built) return false;
  const times = await Promise.all(SOURCES.map((source) => newest(join(root, source))));
  return Math.max(...times) < built.mtimeMs;
}

/** A folder's own time counts too: it changes when a file in it is removed. */
async function newest(path: string): Promise<number> {
  const entry = await stat(path).catch(() => null);
  if (!entry) return 0;
  if (!entry.isDirectory()) return entry.mtimeMs;
  const times = await Promise.all((await readdir(path)).map((name) => newest(join(path, name))));
  return Math.max(entry.mtimeMs, ...times);
}
