import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseEnv } from 'node:util';
import { describe, expect, test } from 'vitest';
import { readSettings } from '../apps/bff/src/settings.ts';
import {
  API_ERROR_CODES,
  LOGIN_ERROR_CODES,
  PROVIDER_LOGIN_ERROR_CODES,
} from '../packages/contract/src/error-codes.ts';
import { PROBLEMS } from '../packages/contract/src/problem.ts';
import { createCloakroom } from '../packages/express/src/cloakroom.ts';
import { memoryStore } from '../packages/express/src/store/memory.ts';
import { aihubmix } from '../packages/profiles/src/aihubmix.ts';
import { anchors, codeBlocks, codes, matches, rows, section, targets } from './markdown.ts';
import { documents, ROOT, read, sources } from './repository.ts';

const README = read('README.md');
const ERRORS = read('docs/errors.md');

describe('links', () => {
  test.each(documents)('every relative link of %s leads somewhere', (document) => {
    const broken = targets(read(document)).filter((target) => isBroken(document, target));
    expect(broken).toEqual([]);
  });

  function isBroken(document: string, target: string): boolean {
    if (/^[a-z]+:/.test(target)) return false;
    const [path = '', anchor] = target.split('#');
    const file = path === '' ? document : join(dirname(document), path);
    if (!existsSync(join(ROOT, file))) return true;
    return anchor !== undefined && !anchors(read(file)).includes(anchor);
  }
});

describe('commands', () => {
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };

  test.each(documents)('every pnpm command of %s is a script', (document) => {
    const named = [...read(document).matchAll(/\bpnpm(?:@\d+)? ([a-z][\w:-]*)/g)].map(
      ([, name = '']) => name,
    );
    const known = [...Object.keys(scripts), 'audit'];
    expect(named.filter((name) => !known.includes(name))).toEqual([]);
  });
});

describe('the settings', () => {
  const table = rows(section(README, 'Settings'), 'Default');
  const documented = table.map((row) => codes(row.Name)[0] ?? '');
  const own = variables('settings');
  const oauth = [
    'OAUTH_PROVIDERS',
    ...variables('provider-settings').map((name) => `OAUTH_${name}`),
    'OAUTH_<ID>_...',
  ];

  function variables(file: string): string[] {
    const source = read(`apps/bff/src/${file}.ts`);
    const schema = source.slice(source.indexOf('const schema = z.object({'));
    return matches(schema.slice(0, schema.indexOf('\n});')), /^ {2}([A-Z_]+):/gm);
  }

  test('of the table are those that the BFF reads', () => {
    expect(Math.min(own.length, oauth.length)).toBeGreaterThan(10);
    expect(documented.toSorted()).toEqual([...own, ...oauth].toSorted());
  });

  test('have the defaults of the table', () => {
    const credentials = { OAUTH_CLIENT_ID: 'id', OAUTH_CLIENT_SECRET: 'secret' };
    const { providers, SESSION_SECRETS: _drawn, ...defaults } = readSettings(credentials);
    const actual = { ...defaults, OAUTH_PROFILE: providers[0]?.profile.id };
    const set = Object.entries(actual).filter(([, value]) => value !== undefined);
    const literal = table.flatMap((row, index) => {
      const [value, name = ''] = [codes(row.Default)[0], documented[index]];
      return value === undefined || !(row.Default ?? '').startsWith('`') ? [] : [[name, value]];
    });
    // Where the text begins with a name or a folder of ours, there is no value to compare.
    const compared = literal.filter(
      ([name]) => !['OAUTH_REDIRECT_URI', 'WEB_DIST'].includes(name ?? ''),
    );
    expect(Object.fromEntries(compared)).toEqual(
      Object.fromEntries(set.map(([name, value]) => [name, String(value)])),
    );
  });

  test('are in .env.example, with the same defaults', () => {
    const lines = read('.env.example').matchAll(/^#?([A-Z_]+)=(.*)$/gm);
    const example = new Map([...lines].map(([, name = '', value = '']) => [name, value]));
    const wrong = table.filter((row, index) => {
      const name = documented[index] ?? '';
      const value = example.get(name);
      if (name.includes('<')) return false;
      return value === undefined || (value !== '' && !codes(row.Default).includes(value));
    });
    expect(wrong.map((row) => row.Name)).toEqual([]);
  });

  test.each(documents)('of the examples in %s exist', (document) => {
    const known = [...documented, 'OAUTH_DEVELOPER_TOKEN', 'RACES_SEED', 'CONTROL'];
    const blocks = codeBlocks(read(document)).filter(({ language }) => language === 'sh');
    const used = blocks.flatMap(({ code }) => withoutIds(parseEnv(assignments(code))));
    expect(used.filter((name) => !known.includes(name))).toEqual([]);
  });

  function assignments(code: string): string {
    return code.replace(/^([A-Z_]+=\S*) [a-z].*$/gm, '$1');
  }

  /** Names as in the table: a setting of a provider that the example names loses that name. */
  function withoutIds(example: NodeJS.Dict<string>): string[] {
    const ids = example.OAUTH_PROVIDERS?.toUpperCase().replaceAll('-', '_').split(',') ?? [];
    const ofProvider = new RegExp(`^OAUTH_(${ids.join('|')})_`);
    return Object.keys(example).map((name) => name.replace(ofProvider, 'OAUTH_'));
  }
});

test('the endpoints of the table are the routes of the router', async () => {
  const cloakroom = createCloakroom({
    publicUrl: 'http://localhost:3000',
    sessionSecrets: ['a-secret-of-more-than-32-bytes-0123456789'],
    store: memoryStore(),
    providers: [{ profile: aihubmix, clientId: 'id', clientSecret: 'secret' }],
  });
  const routes = cloakroom.router.stack.flatMap(({ route }) => {
    const { path = '', methods = {} } = (route ?? {}) as {
      path?: string;
      methods?: Record<string, boolean>;
    };
    const named = Object.keys(methods).filter(
      (method) => !['_all', 'head', 'options'].includes(method),
    );
    const all = named.length === 0 && methods._all ? ['any'] : named;
    return all.flatMap((method) => spelledOut(path).map((one) => `${method.toUpperCase()} ${one}`));
  });
  await cloakroom.close();
  const documented = rows(section(README, 'Endpoints'), 'Request').flatMap(({ Request }) =>
    codes(Request),
  );
  expect(documented.toSorted()).toEqual(routes.toSorted());

  function spelledOut(path: string): string[] {
    const [, before = path, optional] = /^(.*)\{(.*)\}$/.exec(path) ?? [];
    const all = optional === undefined ? [before] : [before, before + optional];
    return all.map((one) => one.replace(/[:*](\w+)/g, '<$1>'));
  }
});

describe('the errors', () => {
  const engine = sources
    .filter((path) => path.startsWith('packages/express/src/'))
    .map(read)
    .join('\n');

  test.each([
    ['README.md', README],
    ['docs/errors.md', ERRORS],
  ])('of calls in %s have the status of the contract', (_name, text) => {
    const documented = rows(text, 'Status').map((row) => [codes(row.Code)[0], Number(row.Status)]);
    const actual = API_ERROR_CODES.map((code) => [code, PROBLEMS[code].status]);
    expect(documented.toSorted()).toEqual(actual.toSorted());
  });

  test('that are "not sent yet" are those that nobody throws', () => {
    // `new ApiError('code'`, or a function that makes one: the code is its first argument.
    const unsent = API_ERROR_CODES.filter((code) => !engine.includes(`('${code}'`));
    const said = [README, ERRORS].map((text) =>
      rows(text, 'Status')
        .filter((row) => /not sent yet/i.test(Object.values(row).join(' ')))
        .flatMap((row) => codes(row.Code)),
    );
    expect(said).toEqual([unsent, unsent]);
  });

  test('of a login in README.md are those of the contract, and a denial', () => {
    const documented = rows(section(README, 'Errors'), 'When').flatMap((row) => codes(row.Code));
    expect(documented.toSorted()).toEqual([...LOGIN_ERROR_CODES, 'access_denied'].toSorted());
  });

  test('of a login in docs/errors.md are those of the contract, with their reasons', () => {
    const login = section(ERRORS, 'A login that failed');
    const table = rows(login, '`reason` in the log');
    expect(table.flatMap((row) => codes(row.Code)).toSorted()).toEqual(
      LOGIN_ERROR_CODES.toSorted(),
    );
    const reasons = table.map((row) => row['`reason` in the log'] ?? '');
    expect(reasons.filter((reason) => !engine.includes(`'${reason}'`))).toEqual([]);
    const [, paragraph = ''] = /the reason "the provider said no":\n\n(.*?)\n\n/s.exec(login) ?? [];
    expect(codes(paragraph)).toEqual(PROVIDER_LOGIN_ERROR_CODES);
  });

  test('events of the table are those that are logged', () => {
    const table = rows(section(ERRORS, 'Events'), 'Event').flatMap((row) => codes(row.Event));
    const code = sources
      .filter((path) => /^(packages\/express|apps\/bff)\/src\/(?!.*\.test\.)/.test(path))
      .map(read)
      .join('\n');
    const logged = new Set(matches(code, /\bevent: '([\w.]+)'/g));
    expect(table.toSorted()).toEqual([...logged].toSorted());
  });
});

test('the metrics of the table are those that are counted', () => {
  const documented = rows(ERRORS, 'Metric').flatMap((row) => codes(row.Metric));
  const counted = matches(read('apps/bff/src/metrics.ts'), /name: '(\w+)'/g);
  expect(documented).toEqual(counted);
});
