import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { auditAtTheEnd } from './audit.ts';
import { type BffProcess, startBff, startSibling } from './bff-process.ts';
import { Browser } from './browser-jar.ts';
import { comeBack } from './sign-in.ts';
import { StrictProvider } from './strict-provider.ts';
import { ALICE, account } from './strict-tokens.ts';

let one: StrictProvider;
let two: StrictProvider;
let bff: BffProcess;

beforeAll(async () => {
  [one, two] = await Promise.all([new StrictProvider().open(), new StrictProvider().open()]);
  const env = {
    OAUTH_PROVIDERS: 'aihubmix,second-one',
    OAUTH_BASE_URL: '',
    OAUTH_CLIENT_ID: 'no-fall-back',
    OAUTH_CLIENT_SECRET: 'no-fall-back-either',
    OAUTH_AIHUBMIX_BASE_URL: one.url,
    OAUTH_AIHUBMIX_CLIENT_ID: one.clientId,
    OAUTH_AIHUBMIX_CLIENT_SECRET: one.clientSecret,
    OAUTH_SECOND_ONE_PROFILE: 'aihubmix',
    OAUTH_SECOND_ONE_BASE_URL: two.url,
    OAUTH_SECOND_ONE_CLIENT_ID: two.clientId,
    OAUTH_SECOND_ONE_CLIENT_SECRET: two.clientSecret,
    OAUTH_SECOND_ONE_SCOPE: 'profile',
    OAUTH_SECOND_ONE_NAME: 'The second one',
  };
  bff = await startBff({ provider: one, redisUrl: inject('redisUrl'), env });
  two.redirectUris.push(`${bff.origin}/oauth/callback/second-one`);
}, 30_000);

afterAll(async () => {
  await bff.stop();
  await Promise.all([one.close(), two.close()]);
});

/** From the start at a provider to the callback URL that it sends the browser to. */
async function walk(browser: Browser, provider: StrictProvider, id?: string): Promise<URL> {
  const query = id === undefined ? '' : `?provider=${id}`;
  const { location } = await browser.open(`/auth/oauth/start${query}`, { from: 'same-origin' });
  return provider.authorize(location);
}

const back = (browser: Browser, { pathname, search }: URL) => comeBack(browser, pathname + search);

test('GET /auth/providers lists both, the default first', async () => {
  const list = (await new Browser(bff).call('GET', '/auth/providers')).json;
  expect(list.map(({ id, profile, kind }: Record<string, string>) => [id, profile, kind])).toEqual([
    ['aihubmix', 'aihubmix', 'redirect'],
    ['second-one', 'aihubmix', 'redirect'],
  ]);
  expect(list.map(({ name }: { name: string }) => name)).toEqual(['AIHubMix', 'The second one']);
  const [first, second] = await Promise.all(
    list.map((each: { start_url: string }) => new Browser(bff).open(each.start_url)),
  );
  expect([first?.location.startsWith(one.url), second?.location.startsWith(two.url)]).toEqual([
    true,
    true,
  ]);
});

test('each has its own callback, credentials and scope', async () => {
  const [first, second, chosen] = [new Browser(bff), new Browser(bff), new Browser(bff)];
  const atFirst = await walk(first, one);
  expect(atFirst.pathname).toBe('/oauth/callback');
  expect((await back(first, atFirst)).location).toBe('/?login=success');
  const atSecond = await walk(second, two, 'second-one');
  expect(atSecond.pathname).toBe('/oauth/callback/second-one');
  expect((await back(second, atSecond)).location).toBe('/?login=success');
  expect((await back(chosen, await walk(chosen, one, 'aihubmix'))).location).toBe(
    '/?login=success',
  );
  expect((await second.call('GET', '/auth/session')).json.provider).toBe('second-one');
  const calls = one.calls.length;
  expect((await second.call('GET', '/api/user/info')).status).toBe(200);
  expect(one.calls.length).toBe(calls);
  expect([...one.violations, ...two.violations]).toEqual([]);
});

describe('S26 an answer of one provider is refused at the callback of the other', () => {
  test.each([
    '/oauth/callback',
    '/oauth/callback/aihubmix',
    '/oauth/callback/second-one',
    '/oauth/callback/nobody',
    '/oauth/callback/__proto__',
    '/oauth/callback/SECOND-ONE',
    '/oauth/callback/',
  ])('at %s', async (pathname) => {
    for (const [provider, id, own] of [
      [one, 'aihubmix', ['/oauth/callback', '/oauth/callback/aihubmix', '/oauth/callback/']],
      [two, 'second-one', ['/oauth/callback/second-one', '/oauth/callback/SECOND-ONE']],
    ] as const) {
      if ((own as readonly string[]).includes(pathname)) continue;
      const browser = new Browser(bff);
      const { search } = await walk(browser, provider, id);
      const calls = one.calls.length + two.calls.length;
      const answer = await comeBack(browser, pathname + search);
      expect(one.calls.length + two.calls.length, `${id} at ${pathname}`).toBe(calls);
      expect(browser.sessionCookie).toBeUndefined();
      if (answer.status === 302) expect(answer.error).toBe('invalid_state');
      else expect(answer.status).toBe(404);
    }
  });

  test('the state of one with the code of the other', async () => {
    const browser = new Browser(bff);
    const [first, second] = [await walk(browser, one), await walk(browser, two, 'second-one')];
    const mixed = new URL(second);
    mixed.searchParams.set('state', first.searchParams.get('state') ?? '');
    const calls = one.count('token') + two.count('token');
    expect((await back(browser, mixed)).location).toBe('/?error=invalid_state');
    expect(one.count('token') + two.count('token')).toBe(calls);
    expect((await back(browser, first)).location).toBe('/?login=success');
    expect((await back(browser, second)).location).toBe('/?login=success');
  });
});

test('S41 the same id at another provider is another user', async () => {
  const user = account(ALICE.id, 'namesake');
  const [first, second] = [new Browser(bff), new Browser(bff)];
  await back(first, await walk(first, one));
  const start = await second.open('/auth/oauth/start?provider=second-one');
  await back(second, two.authorize(start.location, { account: user }));
  const list = (await second.call('GET', '/auth/sessions')).json;
  expect(list.every(({ current }: { current: boolean }) => current || list.length > 1)).toBe(true);
  await second.call('POST', '/auth/logout/all');
  expect((await first.call('GET', '/api/user/info')).status).toBe(200);
});

test('a login at the other provider ends the session at the first', async () => {
  const browser = new Browser(bff);
  await back(browser, await walk(browser, one));
  const old = browser.clone();
  await back(browser, await walk(browser, two, 'second-one'));
  expect((await old.call('GET', '/api/user/info')).status).toBe(401);
  expect((await browser.call('GET', '/auth/session')).json.provider).toBe('second-one');
});

test('a session of a provider that is on offer no longer has ended', async () => {
  const browser = new Browser(bff);
  await back(browser, await walk(browser, two, 'second-one'));
  const without = await startSibling(bff, one, { OAUTH_PROVIDERS: 'aihubmix' });
  try {
    const info = await browser.call('GET', '/api/user/info', { via: without });
    expect([info.status, info.json.error]).toEqual([401, 'not_authenticated']);
    const session = await browser.call('GET', '/auth/session', { via: without });
    expect(session.json).toEqual({ authenticated: false });
    const logout = await browser.clone().call('POST', '/auth/logout', { via: without });
    expect(logout.status).toBe(200);
  } finally {
    await without.stop();
  }
});

auditAtTheEnd(() => [bff]);
