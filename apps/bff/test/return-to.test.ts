import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { auditAtTheEnd } from './audit.ts';
import { type BffProcess, startBff } from './bff-process.ts';
import { Browser } from './browser-jar.ts';
import { hostilePaths, spellings } from './hostile-paths.ts';
import { comeBack, walkToCallback } from './sign-in.ts';
import { StrictProvider } from './strict-provider.ts';
import { account as accountOf } from './strict-tokens.ts';

let provider: StrictProvider;
let bff: BffProcess;

beforeAll(async () => {
  provider = await new StrictProvider().open();
  bff = await startBff({ provider, redisUrl: inject('redisUrl') });
}, 30_000);

afterAll(async () => {
  await bff.stop();
  await provider.close();
});

let logins = 0;

/** Sign in with this query and tell where the browser is sent in the end. */
async function landing(query: string): Promise<string> {
  const browser = new Browser(bff);
  logins += 1; // each login a user of its own: one with a thousand sessions is another test
  const account = accountOf(logins, 'visitor');
  const path = await walkToCallback(browser, provider, { query, account });
  const back = await comeBack(browser, path);
  return back.status === 302 ? back.location : `status ${back.status}`;
}

async function inGroups<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (let at = 0; at < items.length; at += 24)
    results.push(...(await Promise.all(items.slice(at, at + 24).map(work))));
  return results;
}

/** Say what is wrong with a place that the browser is sent to; nothing where it is harmless. */
function danger(location: string): string | undefined {
  if (/[^\x21-\x7e]/.test(location)) return 'characters that do not belong in a header';
  if (!location.startsWith('/') || /^\/[/\\]/.test(location)) return 'not a path';
  const url = new URL(location, bff.origin);
  if (url.origin !== bff.origin) return `leaves for ${url.origin}`;
  const seen = decodeURIComponent(url.pathname.replace(/%(?![\da-f]{2})/gi, '%25')).toLowerCase();
  if (/^\/(auth|oauth|api)(\/|$)/.test(url.pathname.toLowerCase())) return 'a path of the BFF';
  if (/^[/\\]{2}/.test(url.pathname)) return 'a path that a second reading takes for a host';
  if (/^\/(auth|oauth|api)(\/|$)/.test(seen)) return 'a path of the BFF, when decoded';
  if (url.searchParams.getAll('login').join() !== 'success') return 'no login=success';
  return undefined;
}

const HOSTILE = hostilePaths();
/** All of them are written the usual way; of the two others every third, to save time. */
const SHARES = {
  once: HOSTILE,
  raw: HOSTILE.filter((_, at) => at % 3 === 0),
  twice: HOSTILE.filter((_, at) => at % 3 === 1),
};

describe('a return_to that leads astray ends at home', () => {
  test('there are more than 300 of them', () => {
    expect(HOSTILE.length).toBeGreaterThan(300);
  });

  test.each(['once', 'raw', 'twice'] as const)(
    'S79 S80 S81 S82 S83 written %s',
    async (spelling) => {
      const found = await inGroups(SHARES[spelling], async (path) => {
        const location = await landing(`?return_to=${spellings(path)[spelling]}`);
        const wrong = danger(location);
        return wrong === undefined ? [] : [{ path, location, wrong }];
      });
      expect(found.flat()).toEqual([]);
    },
    60_000,
  );

  test.each([
    '//evil.example',
    'https://evil.example/x',
    '/\\evil.example',
    '/auth/oauth/start',
    '/api/user/info',
    '/oauth/callback',
    '/\t/evil.example',
    'page',
    `/${'a'.repeat(1024)}`,
    ' /page',
    '/pa\nge',
    '/pa\0ge',
    '',
  ])('S79 it counts as / : %j', async (path) => {
    expect(await landing(`?return_to=${encodeURIComponent(path)}`)).toBe('/?login=success');
  });

  test('S82 64 KB and an unparsable address are answered quickly', async () => {
    for (const query of [
      `?return_to=/${'a'.repeat(12_000)}`,
      '?return_to=%',
      '?return_to=%ff%fe',
      '?return_to=%E0%A4%A',
      '?return_to[]=/x&return_to[]=//evil.example',
    ]) {
      const begun = performance.now();
      expect(danger(await landing(query)), query.slice(0, 40)).toBeUndefined();
      expect(performance.now() - begun).toBeLessThan(2000);
    }
  });

  test('given twice, neither can smuggle another host in', async () => {
    for (const query of [
      '?return_to=/a&return_to=//evil.example',
      '?return_to=//evil.example&return_to=/a',
    ])
      expect(danger(await landing(query))).toBeUndefined();
  });
});

describe('a return_to that is a local path is kept exactly', () => {
  test.each([
    ['/page', '/page?login=success'],
    ['/a/b/c', '/a/b/c?login=success'],
    ['/page?x=1', '/page?x=1&login=success'],
    ['/page?x=1&y=a%26b', '/page?x=1&y=a%26b&login=success'],
    [
      '/page?next=https%3A%2F%2Fevil.example',
      '/page?next=https%3A%2F%2Fevil.example&login=success',
    ],
    ['/page#part', '/page?login=success#part'],
    ['/page?x=1#part', '/page?x=1&login=success#part'],
    ['/%E4%B8%AD%E6%96%87', '/%E4%B8%AD%E6%96%87?login=success'],
    ['/a%2Fb', '/a%2Fb?login=success'],
    ['/authors', '/authors?login=success'],
    ['/apis', '/apis?login=success'],
    ['/page?q=a+b', '/page?q=a+b&login=success'],
    ['/', '/?login=success'],
  ])('%s', async (path, expected) => {
    expect(await landing(`?return_to=${encodeURIComponent(path)}`)).toBe(expected);
  });

  test('1,024 characters are kept, one more is not', async () => {
    const longest = `/${'a'.repeat(1023)}`;
    expect(await landing(`?return_to=${longest}`)).toBe(`${longest}?login=success`);
    expect(await landing(`?return_to=${longest}a`)).toBe('/?login=success');
  });

  test('S15 every tab comes back to its own place, in any order', async () => {
    const browser = new Browser(bff);
    const paths = [];
    for (const tab of ['a', 'b', 'c'])
      paths.push(await walkToCallback(browser, provider, { query: `?return_to=/${tab}` }));
    const landed = [];
    for (const path of [paths[2], paths[0], paths[1]])
      landed.push((await comeBack(browser, path ?? '')).location);
    expect(landed).toEqual(['/c?login=success', '/a?login=success', '/b?login=success']);
  });

  test('S80 the state tells nothing of it', async () => {
    const answer = await new Browser(bff).open('/auth/oauth/start?return_to=/some/where');
    expect(decodeURIComponent(answer.location)).not.toContain('where');
  });
});

auditAtTheEnd(() => [bff]);
