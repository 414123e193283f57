import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { Mutation } from './mutations.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const KEPT_OUT = new Set(['.pnpm', '.git', '.cache', 'dist', 'web', 'e2e', 'docs', 'test-results']);

const report = z.object({
  testResults: z.array(
    z.object({
      assertionResults: z.array(z.object({ status: z.string(), fullName: z.string() })),
    }),
  ),
});

/** A copy of the house in which the engine may be broken. */
export interface Workshop {
  /** Break the engine. @throws where the text to replace is not there once: the table is out of date */
  breakIt(mutation: Mutation): void;
  repair(): void;
  /** Run the race suite. @returns the names of the tests that failed */
  run(environment: Record<string, string>): string[];
  close(): void;
}

export function openWorkshop(): Workshop {
  const folder = mkdtempSync(join(tmpdir(), 'cloakroom-sabotage-'));
  cpSync(ROOT, folder, {
    recursive: true,
    verbatimSymlinks: true,
    filter: (path) => !KEPT_OUT.has(basename(path)) && !basename(path).startsWith('.vite'),
  });
  symlinkSync(join(ROOT, 'node_modules/.pnpm'), join(folder, 'node_modules/.pnpm'));
  const whole = new Map<string, string>();

  return {
    breakIt({ name, changes }) {
      for (const { file, from, to } of changes) {
        const path = join(folder, 'packages/express/src', file);
        const text = readFileSync(path, 'utf8');
        if (text.split(from).length !== 2)
          throw new Error(`${name}: ${file} does not say\n${from}`);
        whole.set(path, text);
        writeFileSync(
          path,
          text.replace(from, () => to),
        );
      }
    },
    repair() {
      for (const [path, text] of whole) writeFileSync(path, text);
      whole.clear();
    },
    run(environment) {
      const output = join(folder, 'report.json');
      rmSync(output, { force: true });
      const vitest = join(folder, 'node_modules/vitest/vitest.mjs');
      const args = [vitest, 'run', 'races', '--reporter=json', `--outputFile=${output}`];
      spawnSync(process.execPath, args, {
        cwd: folder,
        env: { ...process.env, ...environment },
        timeout: 300_000,
        stdio: 'ignore',
      });
      const { testResults } = report.parse(JSON.parse(readFileSync(output, 'utf8')));
      return testResults
        .flatMap(({ assertionResults }) => assertionResults)
        .filter(({ status }) => status === 'failed')
        .map(({ fullName }) => fullName);
    },
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
}
