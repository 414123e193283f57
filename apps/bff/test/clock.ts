import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A clock that BFF processes run on, and that a test puts forward. */
export interface Clock {
  /** Settings for `startBff` that make a process run on it. */
  env: Record<string, string>;
  /** Put the clock this many seconds ahead of the real time. */
  ahead(seconds: number): void;
  remove(): void;
}

export function makeClock(): Clock {
  const folder = mkdtempSync(join(tmpdir(), 'cloakroom-clock-'));
  const file = join(folder, 'seconds-ahead');
  const preload = fileURLToPath(new URL('shifted-clock.mjs', import.meta.url));
  const ahead = (seconds: number) => writeFileSync(file, String(seconds));
  ahead(0);
  return {
    env: { CLOCK_FILE: file, NODE_OPTIONS: `--import=${preload}` },
    ahead,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
