import { describe, expect, test } from 'vitest';
import {
  CLUSTER_COMMANDS,
  DATA_COMMANDS,
  OPTIONAL_COMMANDS,
  SENTINEL_COMMANDS,
} from '../apps/bff/test/redis-commands.ts';
import { codeBlocks, codes, matches, rows, section } from './markdown.ts';
import { read } from './repository.ts';

const ADOPTING = read('docs/adopting.md');

describe('the options of the tables are those that createCloakroom takes', () => {
  const source = read('packages/express/src/options.ts');

  test.each([
    ['Option', 'CloakroomOptions'],
    ['Option of a provider', 'ProviderOptions'],
  ])('"%s": %s', (column, name) => {
    const [body = ''] = matches(source, new RegExp(`interface ${name} {\\n(.*?)^}`, 'gms'));
    const documented = rows(ADOPTING, column).flatMap((row) => codes(row[column]));
    expect(documented.toSorted()).toEqual(matches(body, /^ {2}(\w+)\??:/gm).toSorted());
  });

  test('and the settings beside them exist', () => {
    const settings = rows(section(read('README.md'), 'Settings'), 'Default');
    const known = settings.flatMap((row) => codes(row.Name));
    const named = rows(ADOPTING, 'As the setting').flatMap((row) => codes(row['As the setting']));
    expect(named.filter((name) => !known.includes(name))).toEqual([]);
  });
});

describe('the rights at Redis are those that the BFF was seen to need', () => {
  const redis = section(ADOPTING, 'Redis');
  const besides = rows(redis, 'Besides').map((row) => allowed(unescaped(row.Besides)));

  test('of the user', () => {
    const [rule = ''] = codeBlocks(ADOPTING).flatMap(({ code }) =>
      code.startsWith('ACL SETUSER') ? [code] : [],
    );
    expect(allowed(rule)).toEqual(DATA_COMMANDS.toSorted());
  });

  test('of a cluster and of sentinels', () => {
    expect(besides).toEqual([CLUSTER_COMMANDS.toSorted(), SENTINEL_COMMANDS.toSorted()]);
  });

  test('that may be refused', () => {
    const [, optional = ''] = redis.split('may be refused:');
    expect(codes(optional).slice(0, OPTIONAL_COMMANDS.length)).toEqual(OPTIONAL_COMMANDS);
  });

  function allowed(rule: string): string[] {
    return matches(rule, /\+(\S+?)(?=[\s`]|$)/g).toSorted();
  }
});

/** In a table a bar is written with a backslash. */
function unescaped(cell = ''): string {
  return cell.replaceAll('\\|', '|');
}

test('the table of hooks has what the package exports', () => {
  const exported = [...read('packages/react/src/react.ts').matchAll(/^export \{(.*?)\}/gms)]
    .flatMap(([, names = '']) => names.split(',').map((name) => name.trim()))
    .filter((name) => name !== '' && !name.startsWith('type '));
  const documented = rows(section(ADOPTING, 'With React'), 'For').flatMap((row) => codes(row.What));
  expect(documented.toSorted()).toEqual(exported.toSorted());
});
