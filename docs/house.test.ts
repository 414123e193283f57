import { existsSync, globSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { codeBlocks, codes, matches, type Row, rows } from './markdown.ts';
import { documents, ROOT, read, sources } from './repository.ts';

describe('the house', () => {
  const architecture = read('ARCHITECTURE.md');
  const [map] = codeBlocks(architecture).filter(({ language }) => language === 'text');
  const folders = matches(map?.code ?? '', /^(\S+) {2,}\S/gm);

  test('has every folder of the map, and the map has every folder with code', () => {
    expect(folders.filter((folder) => !existsSync(join(ROOT, folder)))).toEqual([]);
    const withCode = new Set(sources.filter((path) => !/config\.ts$/.test(path)).map(dirname));
    // What only tests is one entry, and so is a persona: their folders are their own business.
    const isNamed = (folder: string) =>
      folders.includes(folder.replace(/^(.*\/personas\/[^/]+)\/.*$/, '$1')) ||
      (!/^(apps|packages)\//.test(folder) && folders.includes(folder.split('/')[0] ?? ''));
    expect([...withCode].filter((folder) => !isNamed(folder)).toSorted()).toEqual([]);
  });

  test.each(documents)('has every file that %s names', (document) => {
    const names = codes(read(document)).filter((code) =>
      /^[\w./-]+\.(ts|tsx|md|yml|json)$/.test(code),
    );
    const all = [...sources, ...documents, ...globSync('*.*', { cwd: ROOT })];
    const unknown = names.filter((name) => !all.some((path) => `/${path}`.endsWith(`/${name}`)));
    expect(unknown).toEqual([]);
  });

  test('keeps to the bounds of the table', () => {
    const table = rows(architecture, 'Bound');
    const wrong = table.filter((row) => {
      const [name = '', file = ''] = codes(row.Constant);
      const path = sources.find((one) => `/${one}`.endsWith(`/${file}`)) ?? '';
      const [value] = matches(read(path), new RegExp(`\\b${name} = (\\d[\\d_ *]*)`, 'g'));
      const unit = /\d+ (min|s|MiB)\b/.exec(row.Bound ?? '')?.[1] ?? '';
      return product(value ?? '') !== Number.parseInt(row.Bound ?? '', 10) * (UNITS[unit] ?? 1);
    });
    expect(table.length).toBeGreaterThan(10);
    expect(wrong.map((row) => row.What)).toEqual([]);
  });

  /** Constants of time are milliseconds, but the one that goes into a header. */
  const UNITS: Record<string, number> = { min: 60_000, s: 1000, MiB: 1024 * 1024 };
  const product = (text: string) =>
    text.split('*').reduce((all, factor) => all * Number(factor.replaceAll('_', '')), 1);

  test('has every test that the failure table names, one at least in each row', () => {
    const tests = sources.filter((path) => /\.(test|spec)\.tsx?$/.test(path)).map(read);
    const isMissing = (name: string) => !tests.some((text) => text.includes(name));
    const wrong = rows(architecture, 'Shown by').filter((row) => {
      const names = matches(row['Shown by'] ?? '', /"([^"]+)"/g);
      return names.length === 0 || names.some(isMissing);
    });
    expect(wrong.map((row) => row['Shown by'])).toEqual([]);
  });
});

describe('the security checklist', () => {
  const checklist = rows(read('docs/security-checklist.md'), 'Number');
  const numbers = checklist.map((row) => row.Number ?? '');
  const tested = new Set(
    sources
      .filter((path) => /\.(test|spec)\.tsx?$|\/test\//.test(path))
      .flatMap((path) => matches(read(path), /['"`]((?:S\d{1,3} )+)\S/g))
      .flatMap((name) => name.trim().split(' ')),
  );

  test('has every number once', () => {
    expect(numbers).toEqual(Array.from({ length: numbers.length }, (_, index) => `S${index + 1}`));
    expect([...tested].filter((number) => !numbers.includes(number))).toEqual([]);
  });

  const excuseOf = (row: Row) => row['No test, because'] ?? '';

  test('has a test for every number without an excuse', () => {
    const bare = checklist.filter((row) => excuseOf(row) === '').map((row) => row.Number ?? '');
    expect(bare.filter((number) => !tested.has(number))).toEqual([]);
  });

  test('has no reason where there is a test', () => {
    const excused = checklist.filter((row) => excuseOf(row) !== '');
    expect(excused.map((row) => row.Number ?? '').filter((one) => tested.has(one))).toEqual([]);
  });
});
