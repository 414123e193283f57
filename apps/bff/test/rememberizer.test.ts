import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import { auditAtTheEnd } from './audit.ts';
import { type BffProcess, startBff, startSibling } from './bff-process.ts';
import { Browser } from './browser-jar.ts';
import { canary } from './canaries.ts';
import { type Clock, makeClock } from './clock.ts';
import { PATIENT } from './hasty.ts';
import { type Answer, json, text } from './provider-answers.ts';
import { type RedisView, viewRedis } from './redis-keys.ts';
import { failToLogIn, logInAt, tryToLogIn, walkThrough } from './strict-login.ts';
import { JUN, MEI, StrictRememberizer } from './strict-rememberizer.ts';

const ACCESS_AND_REFRESH = {
  access_token: 'AT-of-a-table-row',
  refresh_token: 'RT-of-a-table-row',
};

let provider: StrictRememberizer;
let bff: BffProcess;
let sibling: BffProcess;
let redis: RedisView;
let clock: Clock;

beforeAll(async () => {
  provider = await new StrictRememberizer().open();
  clock = makeClock();
  const redisUrl = inject('redisUrl');
  // A slash at the end of the base URL in one process, none in the other: the provider sees no difference.
  const env = {
    OAUTH_PROFILE: 'rememberizer',
    OAUTH_BASE_URL: `${provider.url}/`,
    ...PATIENT,
    ...clock.env,
  };
  bff = await startBff({ provider, redisUrl, env });
  sibling = await startSibling(bff, provider, { OAUTH_BASE_URL: provider.url });
  redis = await viewRedis(redisUrl, bff.prefix);
}, 30_000);

beforeEach(() => {
  clock.ahead(0);
  provider.behave();
  Object.assign(provider, { more: {}, keepsRefreshToken: false, keepsAccessToken: false });
});

afterAll(async () => {
  await Promise.all([bff.stop(), sibling.stop()]);
  redis.close();
  clock.remove();
  await provider.close();
});

const info = (browser: Browser, via = bff) => browser.call('GET', '/api/user/info', { via });
const refreshes = () => provider.refreshes().length;
const isSignedIn = async (browser: Browser) =>
  (await browser.call('GET', '/auth/session')).json.authenticated;

describe('S20 the authorization request', () => {
  test('is at the documented path, slash included, and asks for offline_access', async () => {
    const { location } = await new Browser(bff).open('/auth/oauth/start', { from: 'same-origin' });
    const { origin, pathname, searchParams } = new URL(location);
    expect(origin + pathname).toBe(`${provider.url}/api/v1/auth/oauth2/authorize/`);
    expect(Object.fromEntries(searchParams)).toEqual({
      client_id: provider.clientId,
      redirect_uri: `${bff.origin}/oauth/callback`,
      response_type: 'code',
      scope: 'offline_access',
      state: expect.stringMatching(/^[\w-]{22,}$/),
    });
  });
});

describe('a login', () => {
  test('needs neither token_type nor expires_in in the token answer', async () => {
    const browser = await logInAt(bff, provider);
    const { json: session } = await browser.call('GET', '/auth/session');
    expect(session).toMatchObject({ authenticated: true, provider: 'rememberizer' });
    expect(session.user).toEqual({ id: MEI.id, email: MEI.email, name: MEI.name });
    expect((await info(browser)).json).toEqual(MEI);
  });

  test('takes a full answer of RFC 6749 as well', async () => {
    provider.more = { token_type: 'bEaReR', expires_in: 3600, scope: 'offline_access' };
    expect((await info(await logInAt(bff, provider))).status).toBe(200);
  });

  test.each(['41', 41])('S41 the id is as the provider has it: %j', async (id) => {
    const browser = await logInAt(bff, provider, { keeper: { ...MEI, id } });
    expect((await info(browser)).json.id).toBe(id);
  });

  test('S7 of the account only what is listed reaches the browser', async () => {
    const keeper = JSON.parse(
      `{"id":43,"email":"x@example.com","name":"X","access_token":"A","password_hash":"B","__proto__":{"x":1},"constructor":"C","team":[{"id":1}],"embed_quota":5}`,
    );
    const browser = await logInAt(bff, provider, { keeper });
    expect(Object.keys((await info(browser)).json).sort()).toEqual(['email', 'id', 'name']);
    const { user } = (await browser.call('GET', '/auth/session')).json;
    expect(Object.keys(user).sort()).toEqual(['email', 'id', 'name']);
  });

  test('S41 the same mail address is not the same user', async () => {
    const one = await logInAt(bff, provider, { keeper: { ...MEI, email: 'shared@example.com' } });
    const other = await logInAt(bff, provider, { keeper: { ...JUN, email: 'shared@example.com' } });
    const ids = [(await info(one)).json.id, (await info(other)).json.id];
    expect(ids).toEqual([MEI.id, JUN.id]);
    await other.call('POST', '/auth/logout/all');
    expect(await isSignedIn(one)).toBe(true);
  });

  test('S41 an account of somebody else is never shown', async () => {
    const browser = await logInAt(bff, provider);
    provider.next('account', json(200, JUN));
    const got = await info(browser);
    expect([got.status, got.error], got.summary).toEqual([502, 'provider_error']);
    expect(got.body).not.toContain(JUN.email);
  });
});

describe('S45 the token answer', () => {
  const ok = ACCESS_AND_REFRESH;
  const accepted: [string, Answer][] = [
    ['the two tokens', json(200, ok)],
    ['no refresh token', json(200, { access_token: 'AT-of-a-table-row' })],
    ['unknown members', json(200, { ...ok, x: 1, team: [] })],
  ];
  test.each(accepted)('%s: a session', async (_name, row) => {
    provider.next('token', row);
    provider.next('account', json(200, MEI));
    await logInAt(bff, provider);
  });

  const refused: [string, Answer, string][] = [
    ['an error with HTTP 200', json(200, { error: 'invalid_grant' }), 'server_error'],
    ['tokens and an error', json(200, { ...ok, error: 'invalid_grant' }), 'server_error'],
    ['an error with HTTP 400', json(400, { error: 'invalid_client' }), 'server_error'],
    ['HTML', text(200, 'text/html', '<p>x'), 'server_error'],
    ['JSON that says it is HTML', text(200, 'text/html', JSON.stringify(ok)), 'server_error'],
    ['an array', json(200, [ok]), 'server_error'],
    ['null', json(200, null), 'server_error'],
    ['half an object', text(200, 'application/json', '{"access_token":"A'), 'server_error'],
    ['an empty access token', json(200, { ...ok, access_token: '' }), 'server_error'],
    ['an object as access token', json(200, { ...ok, access_token: {} }), 'server_error'],
    ['another token type', json(200, { ...ok, token_type: 'mac' }), 'server_error'],
    ['expires_in below zero', json(200, { ...ok, expires_in: -1 }), 'server_error'],
    ['a new line in the token', json(200, { ...ok, access_token: 'A\nB' }), 'server_error'],
    ['DRF: not found', json(404, { detail: 'Not found.' }), 'server_error'],
  ];
  test.each(refused)('%s: no session', async (_name, row, code) => {
    provider.next('token', row);
    provider.next('account', json(200, MEI));
    const before = provider.count('account');
    await failToLogIn(bff, provider, code);
    expect(provider.count('account')).toBe(before);
  });

  test.each([
    ['401', json(401, { detail: 'x' })],
    ['HTML', text(200, 'text/html', '<p>x')],
    ['nobody', json(200, { email: 'x@example.com' })],
    ['an empty id', json(200, { id: '', email: 'x@example.com' })],
    ['an object as id', json(200, { id: { a: 1 } })],
  ] as [string, Answer][])('an account that is %s: no session', async (_name, row) => {
    provider.next('account', row);
    await failToLogIn(bff, provider, 'server_error');
  });
});

describe('S104 a refresh', () => {
  test('does not come by the clock: nobody said when the token ends', async () => {
    const browser = await logInAt(bff, provider);
    const before = refreshes();
    clock.ahead(11 * 3600);
    expect((await info(browser)).status).toBe(200);
    expect(refreshes()).toBe(before);
  });

  test('comes once after a 401, with redirect_uri, and the call is repeated', async () => {
    const browser = await logInAt(bff, provider);
    provider.expireAccessTokens();
    provider.calls.length = 0;
    expect((await info(browser)).json).toEqual(MEI);
    expect(provider.calls.map(({ endpoint }) => endpoint)).toEqual(['account', 'token', 'account']);
    expect(provider.refreshes()[0]?.form.get('redirect_uri')).toBe(`${bff.origin}/oauth/callback`);
  });

  test('is one for 20 requests over two processes, three times over', async () => {
    const browser = await logInAt(bff, provider);
    for (let round = 1; round <= 3; round += 1) {
      provider.expireAccessTokens();
      const before = refreshes();
      const answers = await Promise.all(
        Array.from({ length: 20 }, (_, at) => info(browser.clone(), at % 2 ? bff : sibling)),
      );
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
      expect(refreshes()).toBe(before + 1);
    }
    expect(provider.reuses).toBe(0);
  });

  test('by the other process sends the same redirect_uri', async () => {
    const browser = await logInAt(bff, provider);
    provider.expireAccessTokens();
    expect((await info(browser, sibling)).status).toBe(200);
    expect(provider.refreshes().at(-1)?.form.get('redirect_uri')).toBe(
      `${bff.origin}/oauth/callback`,
    );
  });

  test('S105 replaces the refresh token, and keeps it where the answer has none', async () => {
    const browser = await logInAt(bff, provider);
    for (const keeps of [false, true, false, true, true]) {
      provider.keepsRefreshToken = keeps;
      provider.expireAccessTokens();
      expect((await info(browser)).status).toBe(200);
    }
    expect(provider.reuses).toBe(0);
  });

  test('S110 that brings the same access token again is one, and the call is repeated with it', async () => {
    provider.keepsAccessToken = true;
    const browser = await logInAt(bff, provider);
    provider.expireAccessTokens();
    provider.calls.length = 0;
    const got = await info(browser);
    expect(got.status, got.summary).toBe(200);
    expect(provider.calls.map(({ endpoint }) => endpoint)).toEqual(['account', 'token', 'account']);
  });

  test.each([200, 400])('that is refused with HTTP %i ends the session', async (status) => {
    const browser = await logInAt(bff, provider);
    provider.expireAccessTokens();
    provider.next('token', json(status, { error: 'invalid_grant' }));
    const got = await info(browser);
    expect([got.status, got.error], got.summary).toEqual([401, 'session_expired']);
    expect(browser.sessionCookie).toBeUndefined();
    expect((await info(browser)).error).toBe('not_authenticated');
  });

  test.each([200, 401])('S109 our credentials refused with HTTP %i: kept', async (status) => {
    const browser = await logInAt(bff, provider);
    provider.expireAccessTokens();
    provider.next('token', json(status, { error: 'invalid_client' }));
    const got = await info(browser);
    expect([got.status, got.error], got.summary).toEqual([502, 'provider_error']);
    expect(await isSignedIn(browser)).toBe(true);
  });

  test('S109 of a provider in trouble keeps the session', async () => {
    const browser = await logInAt(bff, provider);
    provider.expireAccessTokens();
    provider.next('token', json(503, {}));
    const got = await info(browser);
    expect([got.status, got.error], got.summary).toEqual([503, 'provider_unavailable']);
    const status = async () => (await info(browser)).status;
    await expect.poll(status, { timeout: 8000, interval: 200 }).toBe(200);
    expect(provider.reuses).toBe(0);
  });

  test('of an app that was disconnected ends the session', async () => {
    const browser = await logInAt(bff, provider);
    provider.disconnect();
    expect((await info(browser)).error).toBe('session_expired');
  });
});

describe('S8 what was granted may be less than what was asked for', () => {
  test('without offline_access the session ends at the first 401, and nothing is refreshed', async () => {
    const before = new Set(await redis.keys());
    const browser = await logInAt(bff, provider, { scope: '' });
    expect((await info(browser)).status).toBe(200);
    provider.expireAccessTokens();
    provider.calls.length = 0;
    const got = await info(browser);
    expect([got.status, got.error], got.summary).toEqual([401, 'session_expired']);
    expect(provider.calls.map(({ endpoint }) => endpoint)).toEqual(['account']);
    expect(browser.sessionCookie).toBeUndefined();
    expect((await redis.keys()).filter((key) => /session|tokens/.test(key))).toEqual(
      [...before].filter((key) => /session|tokens/.test(key)),
    );
  });

  test('with expires_in and no refresh token the token is used until its end', async () => {
    provider.more = { expires_in: 3600, token_type: 'Bearer', scope: '' };
    const browser = await logInAt(bff, provider, { scope: '' });
    clock.ahead(3500);
    expect((await info(browser)).status).toBe(200);
    clock.ahead(3601);
    expect((await info(browser)).error).toBe('session_expired');
  });

  test('more than was asked for is of no interest', async () => {
    provider.more = { scope: 'offline_access admin' };
    expect((await info(await logInAt(bff, provider))).status).toBe(200);
  });
});

describe('S33 who cancels never comes back', () => {
  test('nothing is left in Redis, and the next login works', async () => {
    const browser = new Browser(bff);
    const before = await redis.keys();
    for (let visit = 0; visit < 3; visit += 1) await walkThrough(browser, provider);
    // What others left may end meanwhile.
    expect((await redis.keys()).filter((key) => !before.includes(key))).toEqual([]);
    expect(await isSignedIn(browser)).toBe(false);
    expect((await tryToLogIn(browser, provider)).location).toBe('/?login=success');
    expect(await isSignedIn(browser)).toBe(true);
  });

  test('and keeps the session that there was', async () => {
    const browser = await logInAt(bff, provider);
    await walkThrough(browser, provider);
    expect((await info(browser)).status).toBe(200);
  });

  test('a forged cancellation with a wrong state changes nothing', async () => {
    const browser = await logInAt(bff, provider);
    const pending = await walkThrough(browser, provider);
    for (const query of ['error=access_denied', `error=access_denied&state=${canary('STATE')}`]) {
      const back = await browser.open(`/oauth/callback?${query}`, { from: 'cross-site' });
      expect(back.location).toMatch(/^\/\?error=(access_denied|invalid_state)$/);
    }
    expect((await info(browser)).status).toBe(200);
    const back = await browser.open(pending, { from: 'cross-site' });
    expect(back.location).toBe('/?login=success');
  });
});

test('logout asks nothing of a provider that documents no revocation', async () => {
  const browser = await logInAt(bff, provider);
  provider.calls.length = 0;
  expect((await browser.call('POST', '/auth/logout')).json).toEqual({ logout_url: null });
  expect(provider.calls).toEqual([]);
});

test('S3 S5 S89 all this time the client did what the documents say', () => {
  expect(provider.violations).toEqual([]);
});

auditAtTheEnd(() => [bff, sibling]);
