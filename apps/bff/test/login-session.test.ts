import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { auditAtTheEnd } from './audit.ts';
import { type BffProcess, startBff, startSibling } from './bff-process.ts';
import { Browser } from './browser-jar.ts';
import { after } from './provider-answers.ts';
import { comeBack, signIn, walkToCallback } from './sign-in.ts';
import { StrictProvider } from './strict-provider.ts';
import { ALICE, BOB } from './strict-tokens.ts';

let provider: StrictProvider;
let bff: BffProcess;
let sibling: BffProcess;
let site: BffProcess;

beforeAll(async () => {
  provider = await new StrictProvider().open();
  const redisUrl = inject('redisUrl');
  bff = await startBff({ provider, redisUrl });
  const env = { PUBLIC_URL: 'https://app.example.test', OAUTH_PKCE: 'S256' };
  [sibling, site] = await Promise.all([
    startSibling(bff, provider),
    startBff({ provider, redisUrl, env }),
  ]);
}, 30_000);

afterAll(async () => {
  await Promise.all([bff, sibling, site].map((each) => each.stop()));
  await provider.close();
});

const userOf = async (browser: Browser) => {
  const answer = await browser.call('GET', '/auth/session');
  return answer.json.authenticated ? answer.json.user.id : null;
};

describe('S14 the same callback many times at once', () => {
  test.each(['slow', 'fast'])(
    'over two processes makes one token request and one session (%s)',
    async (pace) => {
      const browser = new Browser(bff);
      const path = await walkToCallback(browser, provider);
      const before = provider.count('token');
      if (pace === 'slow') provider.next('token', after(150));
      const copies = Array.from({ length: 20 }, () => browser.clone());
      const answers = await Promise.all(
        copies.map((copy, at) => comeBack(copy, path, at % 2 === 0 ? bff : sibling)),
      );
      const landed = answers.map(({ location }) => location).sort();
      expect(landed.filter((location) => location === '/?login=success')).toHaveLength(1);
      expect(new Set(landed)).toEqual(new Set(['/?login=success', '/?error=invalid_state']));
      expect(provider.count('token')).toBe(before + 1);
      expect(copies.filter(({ sessionCookie }) => sessionCookie)).toHaveLength(1);
    },
  );

  test('a replay afterwards does nothing, to the session neither', async () => {
    const browser = new Browser(bff);
    const path = await walkToCallback(browser, provider);
    const thief = browser.clone();
    await comeBack(browser, path);
    const before = provider.count('token');
    const kept = browser.sessionCookie?.value;
    for (const who of [browser, thief])
      for (const via of [bff, sibling])
        expect((await comeBack(who, path, via)).location).toBe('/?error=invalid_state');
    expect(provider.count('token')).toBe(before);
    expect(browser.sessionCookie?.value).toBe(kept);
    expect(await userOf(browser)).toBe(ALICE.id);
    expect(thief.sessionCookie).toBeUndefined();
  });

  test('one process begins, another ends a login', async () => {
    const browser = new Browser(bff);
    const path = await walkToCallback(browser, provider);
    expect((await comeBack(browser, path, sibling)).location).toBe('/?login=success');
    expect((await browser.call('GET', '/api/user/info')).status).toBe(200);
    expect((await browser.call('GET', '/api/user/info', { via: sibling })).status).toBe(200);
  });
});

describe('S51 S52 a login makes a new session', () => {
  test('and ends the one that the browser had', async () => {
    const browser = await signIn(bff, provider);
    const old = browser.clone();
    await signIn(bff, provider, { browser, account: BOB });
    expect(browser.sessionCookie?.value).not.toBe(old.sessionCookie?.value);
    expect([await userOf(browser), await userOf(old)]).toEqual([BOB.id, null]);
    const info = await old.call('GET', '/api/user/info', { via: sibling });
    expect([info.status, info.error]).toEqual([401, 'not_authenticated']);
  });

  test('also with attempts in three tabs, the later the better', async () => {
    const browser = await signIn(bff, provider);
    const olds = [browser.clone()];
    const tabs = [
      await walkToCallback(browser, provider),
      await walkToCallback(browser, provider, { account: BOB }),
      await walkToCallback(browser, provider),
    ];
    for (const path of tabs) {
      expect((await comeBack(browser, path)).location).toBe('/?login=success');
      olds.push(browser.clone());
    }
    const alive = await Promise.all(olds.map(userOf));
    expect(alive).toEqual([null, null, null, ALICE.id]);
  });

  test('also in two tabs of a browser that had none', async () => {
    const browser = new Browser(bff);
    const [first, second] = [
      await walkToCallback(browser, provider),
      await walkToCallback(browser, provider),
    ];
    await comeBack(browser, first);
    const old = browser.clone();
    await comeBack(browser, second);
    expect([await userOf(old), await userOf(browser)]).toEqual([null, ALICE.id]);
  });

  test('also where the provider sends the Strict cookie back along (a pure chain of redirects)', async () => {
    const browser = await signIn(bff, provider);
    const old = browser.clone();
    const path = await walkToCallback(browser, provider);
    expect((await browser.open(path, { from: 'same-origin' })).location).toBe('/?login=success');
    expect([await userOf(old), await userOf(browser)]).toEqual([null, ALICE.id]);
  });

  test('with a session id that the server chose, never the browser', async () => {
    const planted = [
      'attacker',
      's:attacker.x',
      'a'.repeat(43),
      `${'a'.repeat(43)}.${'b'.repeat(43)}`,
    ];
    for (const value of planted) {
      const browser = new Browser(bff);
      const raw = `cloakroom=${value}; Path=/`;
      browser.cookies.set('cloakroom', {
        name: 'cloakroom',
        value,
        attributes: { path: '/' },
        raw,
      });
      const path = await walkToCallback(browser, provider);
      expect((await browser.open(path, { from: 'same-origin' })).location).toBe('/?login=success');
      expect(browser.sessionCookie?.value).not.toContain(value);
      const headers = { cookie: `cloakroom=${value}` };
      expect((await browser.call('GET', '/api/user/info', { headers })).status).toBe(401);
    }
  });

  test('S57 ids are unique, long, and tell nothing', async () => {
    const browsers = await Promise.all(Array.from({ length: 60 }, () => signIn(bff, provider)));
    const ids = browsers.map(({ sessionCookie }) => decodeURIComponent(sessionCookie?.value ?? ''));
    expect(new Set(ids).size).toBe(60);
    for (const id of ids) {
      expect(id.length).toBeGreaterThanOrEqual(22);
      // By chance three letters stand anywhere in so many; a token in an id would stand at its beginning.
      expect(id).not.toMatch(/alice|12345|^(s:)?eyJ/);
    }
  });

  test('S96 and users never get mixed up', async () => {
    const browsers = await Promise.all(
      Array.from({ length: 20 }, (_, at) =>
        signIn(bff, provider, { account: at % 2 ? ALICE : BOB }),
      ),
    );
    const calls = Array.from({ length: 200 }, async (_, at) => {
      const via = at % 3 ? bff : sibling;
      const info = await browsers[at % 20]?.call('GET', '/api/user/info', { via });
      return info?.json.username === (at % 2 ? ALICE : BOB).username;
    });
    expect((await Promise.all(calls)).filter((right) => !right)).toEqual([]);
  });
});

describe('S53 S54 S63 the session cookie', () => {
  test('on http loopback', async () => {
    const { attributes, name } = (await signIn(bff, provider)).sessionCookie ?? {};
    expect(name).toBe('cloakroom');
    expect(attributes).toMatchObject({ path: '/', httponly: '', samesite: 'Strict' });
    expect(attributes).not.toHaveProperty('domain');
    expect(attributes).not.toHaveProperty('secure');
    if (attributes?.['max-age'] !== undefined)
      expect(Number(attributes['max-age'])).toBeLessThanOrEqual(2_592_000);
  });

  test('S136 behind a proxy that ends TLS: PUBLIC_URL alone decides', async () => {
    const headers = { 'x-forwarded-proto': 'http' };
    const browser = new Browser(site);
    const start = await browser.open('/auth/oauth/start', { headers, from: 'same-origin' });
    expect(browser.attemptCookies[0]?.name).toMatch(/^__Host-Http-cloakroom-login/);
    const { pathname, search } = provider.authorize(start.location);
    const back = await browser.open(pathname + search, { headers, from: 'cross-site' });
    expect(back.location).toBe('/?login=success');
    const { attributes, name } = browser.sessionCookie ?? {};
    expect(name).toBe('__Host-Http-cloakroom');
    expect(attributes).toMatchObject({ path: '/', httponly: '', samesite: 'Strict', secure: '' });
    expect((await browser.call('GET', '/api/user/info')).status).toBe(200);
    const logout = await browser.call('POST', '/auth/logout');
    expect(logout.status).toBe(200);
    expect(browser.cookies.size).toBe(0);
    const [cleared] = logout.cookies.filter((cookie) => cookie.name === '__Host-Http-cloakroom');
    expect(cleared?.attributes).toMatchObject({
      path: '/',
      httponly: '',
      samesite: 'Strict',
      secure: '',
    });
  });

  test('the cookie name of http opens nothing on an https site', async () => {
    const browser = await signIn(site, provider);
    const headers = { cookie: `cloakroom=${browser.sessionCookie?.value}` };
    expect((await browser.call('GET', '/api/user/info', { headers })).status).toBe(401);
  });
});

test('S9 S22 with OAUTH_PKCE=S256 every attempt has a challenge of its own', async () => {
  const browser = new Browser(site);
  const challenges = new Set<string>();
  const paths: string[] = [];
  for (let tab = 0; tab < 3; tab += 1) {
    const { location } = await browser.open('/auth/oauth/start');
    const query = new URL(location).searchParams;
    expect(query.get('code_challenge_method')).toBe('S256');
    expect(query.get('code_challenge')).toMatch(/^[\w-]{43}$/);
    challenges.add(query.get('code_challenge') ?? '');
    const { pathname, search } = provider.authorize(location);
    paths.push(pathname + search);
  }
  expect(challenges.size).toBe(3);
  const swapped = new URLSearchParams(paths[0]?.split('?')[1]);
  swapped.set('code', new URLSearchParams(paths[1]?.split('?')[1]).get('code') ?? '');
  expect((await comeBack(browser, `/oauth/callback?${swapped}`)).location).toBe(
    '/?error=server_error',
  );
  expect((await comeBack(browser, paths[2] ?? '')).location).toBe('/?login=success');
});

auditAtTheEnd(() => [bff, sibling, site]);
