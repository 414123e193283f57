import { globSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder that everything is in. */
export const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** Read a file by its path from the root. */
export function read(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8');
}

/** Name the files of a pattern by their paths from the root; what was installed or built is left out. */
export function files(pattern: string): string[] {
  return globSync(pattern, { cwd: ROOT, exclude: isForeign }).map((path) =>
    path.split(sep).join('/'),
  );
}

function isForeign(path: string): boolean {
  return /(^|[/\\])(node_modules|dist|coverage|test-results|playwright-report)$/.test(path);
}

/** Every document. */
export const documents = files('**/*.md');

/** Every file of TypeScript that is ours. */
export const sources = [
  ...files('{apps,packages}/**/*.{ts,tsx}'),
  ...files('{scripts,docs,e2e,races}/**/*.ts'),
];
