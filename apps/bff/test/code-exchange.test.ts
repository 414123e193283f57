import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, inject, test } from 'vitest';
import { auditAtTheEnd } from './audit.ts';
import { type BffProcess, startBff } from './bff-process.ts';
import { Browser } from './browser-jar.ts';
import {
  type Answer,
  after,
  breakInTheMiddle,
  drip,
  hang,
  huge,
  json,
  redirectTo,
  reset,
  text,
} from './provider-answers.ts';
import { type RedisView, viewRedis } from './redis-keys.ts';
import { comeBack, signIn, walkToCallback } from './sign-in.ts';
import { StrictProvider } from './strict-provider.ts';
import { ALICE } from './strict-tokens.ts';

let provider: StrictProvider;
let bff: BffProcess;
let redis: RedisView;
let elsewhere: { url: string; hits: number };

const listener = createServer((_request, response) => {
  elsewhere.hits += 1;
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(TOKENS));
});

beforeAll(async () => {
  provider = await new StrictProvider().open();
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  elsewhere = { url: `http://127.0.0.1:${(listener.address() as AddressInfo).port}/x`, hits: 0 };
  const env = { PROVIDER_TIMEOUT_MS: '600' };
  bff = await startBff({ provider, redisUrl: inject('redisUrl'), env });
  redis = await viewRedis(inject('redisUrl'), bff.prefix);
}, 30_000);

afterEach(() => provider.behave());

afterAll(async () => {
  await bff.stop();
  redis.close();
  listener.close();
  await provider.close();
});

const TOKENS = {
  access_token: 'AT',
  token_type: 'Bearer',
  expires_in: 7200,
  refresh_token: 'RT',
  scope: 'profile balance',
};
const withToken = (change: Record<string, unknown>) => json(200, { ...TOKENS, ...change });
const withUser = (change: Record<string, unknown>) => json(200, { ...ALICE, ...change });
const FAILED = ['server_error'];
const AWAY = ['provider_unavailable'];
const EITHER = [...FAILED, ...AWAY];

const TOKEN_ANSWERS: [string, Answer, string[]][] = [
  ['400 invalid_grant', json(400, { error: 'invalid_grant' }), FAILED],
  ['401 invalid_client', json(401, { error: 'invalid_client' }), FAILED],
  ['403 without a body', text(403, 'text/plain', ''), FAILED],
  ['404 HTML', text(404, 'text/html', '<h1>no</h1>'), FAILED],
  ['429', json(429, { error: 'slow_down' }, { 'retry-after': '5' }), EITHER],
  ['500 JSON', json(500, { error: 'server_error' }), EITHER],
  ['500 HTML', text(500, 'text/html', '<h1>Error: at /srv/app.js</h1>'), EITHER],
  ['503', text(503, 'text/plain', 'later'), EITHER],
  ['204', text(204, 'application/json', ''), FAILED],
  ['200 with an OAuth error', json(200, { error: 'invalid_grant' }), FAILED],
  [
    '200 with an error and tokens',
    withToken({ error: 'invalid_grant', access_token: undefined }),
    FAILED,
  ],
  ['200 enveloped', json(200, { success: true, data: TOKENS }), FAILED],
  ['200 HTML', text(200, 'text/html', '<h1>Welcome</h1>'), FAILED],
  ['200 empty', text(200, 'application/json', ''), FAILED],
  ['200 cut off', text(200, 'application/json', '{"access_token":"AT'), FAILED],
  ['200 null', json(200, null), FAILED],
  ['200 an array', json(200, [TOKENS]), FAILED],
  ['200 a string', json(200, 'AT'), FAILED],
  ['200 a number', json(200, 7), FAILED],
  ['no access_token', withToken({ access_token: undefined }), FAILED],
  ['an empty access_token', withToken({ access_token: '' }), FAILED],
  ['an object for access_token', withToken({ access_token: {} }), FAILED],
  ['a number for access_token', withToken({ access_token: 5 }), FAILED],
  ['an access_token that breaks the header', withToken({ access_token: 'A\r\nX-Evil: 1' }), FAILED],
  ['token_type mac', withToken({ token_type: 'mac' }), FAILED],
  ['token_type DPoP', withToken({ token_type: 'DPoP' }), FAILED],
  ['an object for token_type', withToken({ token_type: {} }), FAILED],
  ['a connection that is reset', reset, EITHER],
  ['a connection that breaks in the middle', breakInTheMiddle, EITHER],
  ['64 MB', huge, EITHER],
  ['no answer', hang, AWAY],
  ['a byte now and then', drip, AWAY],
  ['an answer that is too late', after(900), AWAY],
];

const USER_ANSWERS: [string, Answer, string[]][] = [
  ['401', json(401, { error: 'invalid_token' }), FAILED],
  ['403', json(403, { error: 'insufficient_scope' }), FAILED],
  ['500 HTML', text(500, 'text/html', '<h1>Error: at /srv/app.js</h1>'), EITHER],
  ['200 HTML', text(200, 'text/html', '<h1>Welcome</h1>'), FAILED],
  ['200 null', json(200, null), FAILED],
  ['200 an array', json(200, [ALICE]), FAILED],
  ['200 enveloped', json(200, { success: true, data: ALICE }), FAILED],
  ['no id', withUser({ id: undefined }), FAILED],
  ['null for id', withUser({ id: null }), FAILED],
  ['an object for id', withUser({ id: {} }), FAILED],
  ['an array for id', withUser({ id: [1] }), FAILED],
  ['an empty id', withUser({ id: '' }), FAILED],
  ['64 MB', huge, EITHER],
  ['no answer', hang, AWAY],
  ['a connection that is reset', reset, EITHER],
];

/** Sign in while the provider answers oddly, and check that nothing of it stays. */
async function oddLogin(browser: Browser): Promise<string | null> {
  const path = await walkToCallback(browser, provider);
  const before = { keys: (await redis.keys()).length, tokens: provider.count('token') };
  const begun = performance.now();
  const back = await comeBack(browser, path);
  expect(performance.now() - begun).toBeLessThan(4000);
  expect([back.status, back.location], back.summary).toEqual([302, `/?error=${back.error}`]);
  expect(provider.count('token')).toBeLessThanOrEqual(before.tokens + 1);
  expect((await redis.keys()).length).toBeLessThanOrEqual(before.keys + 1);
  expect(back.cookies.filter(({ name }) => name === 'cloakroom')).toEqual([]);
  expect(browser.attemptCookies).toEqual([]);
  const again = await browser.open(path);
  expect(again.error, 'the same callback once more').toBe('invalid_state');
  expect(provider.count('token')).toBeLessThanOrEqual(before.tokens + 1);
  return back.error;
}

describe('S14 S36 S45 S47 S48 a token answer that is none makes no session', () => {
  test.each(TOKEN_ANSWERS)('%s', async (_name, answer, expected) => {
    provider.always('token', answer);
    const calls = provider.count('userinfo');
    const browser = new Browser(bff);
    expect(expected).toContain(await oddLogin(browser));
    expect(provider.count('userinfo'), 'calls with a token that is none').toBe(calls);
    const session = await browser.call('GET', '/auth/session');
    expect(session.json).toEqual({ authenticated: false });
  });

  test('no connection at all', async () => {
    const browser = new Browser(bff);
    const path = await walkToCallback(browser, provider);
    await provider.close();
    const back = await comeBack(browser, path);
    await provider.open();
    expect(back.location).toBe('/?error=provider_unavailable');
  });
});

describe('S36 S48 a user answer that is none makes no session', () => {
  test.each(USER_ANSWERS)('%s', async (_name, answer, expected) => {
    provider.always('userinfo', answer);
    expect(expected).toContain(await oddLogin(new Browser(bff)));
  });
});

describe('S45 an answer that is only unusual still signs in', () => {
  const usual: [string, () => Answer][] = [
    ['token_type bEaReR', () => withToken({ token_type: 'bEaReR' })],
    ['no expires_in', () => withToken({ expires_in: undefined })],
    ['no scope', () => withToken({ scope: undefined })],
    ['S8 a narrower scope', () => withToken({ scope: 'profile' })],
    ['unknown members', () => withToken({ hello: { __proto__: null, x: [1] } })],
    ['no refresh_token', () => withToken({ refresh_token: undefined })],
  ];
  test.each(usual)('%s', async (_name, answer) => {
    provider.next('token', answer());
    provider.next('userinfo', json(200, ALICE));
    const browser = await signIn(bff, provider);
    expect((await browser.call('GET', '/auth/session')).json.authenticated).toBe(true);
  });

  test.each(['"3600"', '-1', '0', '1e309', 'null', '{}', '"soon"', '1e15', '3600.5'])(
    'expires_in %s is taken or refused, but breaks nothing',
    async (value) => {
      const { expires_in: _left, ...rest } = TOKENS;
      const body = JSON.stringify(rest).replace(/}$/, `,"expires_in":${value}}`);
      provider.next('token', text(200, 'application/json', body));
      provider.next('userinfo', json(200, ALICE), json(200, ALICE));
      const browser = new Browser(bff);
      const back = await comeBack(browser, await walkToCallback(browser, provider));
      expect(['/?login=success', '/?error=server_error']).toContain(back.location);
      const info = await browser.call('GET', '/api/user/info');
      expect(info.status, info.summary).toBeLessThan(504);
      expect(info.status).not.toBe(500);
    },
  );

  test('a user with only an id', async () => {
    provider.next('userinfo', json(200, { id: 7 }));
    const browser = await signIn(bff, provider);
    expect((await browser.call('GET', '/auth/session')).json.user.id).toBe(7);
  });
});

describe('S3 S5 S22 S46 the calls to the provider', () => {
  test.each([301, 302, 303, 307, 308])('a redirect %i is not followed', async (status) => {
    for (const endpoint of ['token', 'userinfo'] as const) {
      provider.next(endpoint, redirectTo(status, elsewhere.url));
      expect(await oddLogin(new Browser(bff)), endpoint).toBe('server_error');
      provider.next(endpoint, redirectTo(status, '/api/oauth2/elsewhere'));
      expect(await oddLogin(new Browser(bff)), endpoint).toBe('server_error');
    }
    expect(elsewhere.hits).toBe(0);
    expect(provider.count('other')).toBe(0);
  });

  test('are as the provider documents them, with the secret in the body only', async () => {
    await signIn(bff, provider);
    expect(provider.violations).toEqual([]);
    const tokens = provider.calls.filter(({ endpoint }) => endpoint === 'token');
    expect(new Set(tokens.map(({ method }) => method))).toEqual(new Set(['POST']));
    expect(tokens.some(({ url }) => url.includes('?'))).toBe(false);
    expect(tokens.at(-1)?.form.get('redirect_uri')).toBe(`${bff.origin}/oauth/callback`);
    const users = provider.calls.filter(({ endpoint }) => endpoint === 'userinfo');
    expect(users.at(-1)?.headers.authorization).toMatch(/^Bearer AT_CANARY_/);
    expect(users.some(({ url }) => url.includes('?'))).toBe(false);
  });
});

test('S24 an existing session survives every failed login', async () => {
  const browser = await signIn(bff, provider);
  const id = browser.sessionCookie?.value;
  for (const [, answer] of TOKEN_ANSWERS.slice(0, 12)) {
    provider.always('token', answer);
    await oddLogin(browser);
  }
  provider.behave();
  await provider.close();
  await provider.open();
  expect(browser.sessionCookie?.value).toBe(id);
  expect((await browser.call('GET', '/api/user/info')).status).toBe(200);
});

auditAtTheEnd(() => [bff]);
