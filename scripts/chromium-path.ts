import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];

/**
 * Find a Chromium that runs: `CHROMIUM_PATH`, then the system's, then the one that Playwright
 * downloaded.
 *
 * @returns null when there is none
 * @throws when `CHROMIUM_PATH` is set and is no program that runs
 */
export function findChromium(env: NodeJS.ProcessEnv = process.env): string | null {
  const chosen = env.CHROMIUM_PATH;
  if (chosen) {
    if (runs(chosen)) return chosen;
    throw new Error(`CHROMIUM_PATH is ${chosen}, which is no Chromium that runs`);
  }
  const folders = ['/usr/bin', ...(env.PATH ?? '').split(delimiter)].filter(Boolean);
  const installed = folders.flatMap((folder) => NAMES.map((name) => join(folder, name)));
  return [...new Set(installed), ...downloaded()].find(runs) ?? null;
}

/** Ubuntu's `chromium-browser` exists and yet only says that a snap is wanted: so try it. */
function runs(path: string): boolean {
  return existsSync(path) && spawnSync(path, ['--version'], { stdio: 'ignore' }).status === 0;
}

function downloaded(): string[] {
  try {
    const load = createRequire(new URL('../e2e/package.json', import.meta.url));
    return [load('@playwright/test').chromium.executablePath()];
  } catch {
    return []; // Playwright not installed yet, or not for this platform
  }
}
