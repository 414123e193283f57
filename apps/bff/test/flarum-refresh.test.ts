import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import { auditAtTheEnd } from './audit.ts';
import { type BffProcess, startBff, startSibling } from './bff-process.ts';
import type { Browser } from './browser-jar.ts';
import { type Clock, makeClock } from './clock.ts';
import { isEndless, PATIENT, startHasty } from './hasty.ts';
import { type Answer, after, hang, json, reset, text } from './provider-answers.ts';
import { type RedisView, viewRedis } from './redis-keys.ts';
import { StrictFlarum } from './strict-flarum.ts';
import { logInAt } from './strict-login.ts';

/** Seconds of a token's life when it is time to refresh it, and when it has ended. */
const [DUE, ENDED] = [3310, 3610];

let provider: StrictFlarum;
let bff: BffProcess;
let sibling: BffProcess;
let hasty: BffProcess;
let redis: RedisView;
let clock: Clock;

beforeAll(async () => {
  provider = await new StrictFlarum().open();
  clock = makeClock();
  const env = { OAUTH_PROFILE: 'flarum', ...PATIENT, ...clock.env };
  bff = await startBff({ provider, redisUrl: inject('redisUrl'), env });
  sibling = await startSibling(bff, provider);
  hasty = await startHasty(bff, provider);
  redis = await viewRedis(inject('redisUrl'), bff.prefix);
}, 30_000);

beforeEach(() => {
  clock.ahead(0);
  provider.behave();
  provider.calls.length = 0;
});

afterAll(async () => {
  await Promise.all([bff.stop(), sibling.stop(), hasty.stop()]);
  redis.close();
  clock.remove();
  await provider.close();
});

const info = (browser: Browser, via = bff) => browser.call('GET', '/api/user/info', { via });
const isSignedIn = async (browser: Browser) =>
  (await browser.call('GET', '/auth/session')).json.authenticated;

/** 20 calls over two processes at once: their statuses and codes, each once. */
async function burst(browser: Browser, one = bff, other = sibling): Promise<string[]> {
  const said = await Promise.all(
    Array.from({ length: 20 }, async (_, at) => {
      const got = await info(browser.clone(), at % 2 ? one : other);
      return got.status === 200 ? '200' : `${got.status} ${got.error}`;
    }),
  );
  return [...new Set(said)];
}

/** The same over processes that give up soon where nothing would end otherwise. */
const burstAt = (answer: Answer, browser: Browser) =>
  isEndless(answer) ? burst(browser, hasty, hasty) : burst(browser);

/** What became of a refresh that nobody can know: sent, and no answer that says anything. */
const UNKNOWN: [string, Answer][] = [
  [
    'the answer is lost',
    ({ request, proceed }) => {
      request.socket.destroy();
      proceed();
    },
  ],
  ['the connection is reset', reset],
  ['there is no answer', hang],
  ['it is 503', json(503, {})],
  ['it is 503 with an error in JSON', json(503, { error: 'temporarily_unavailable' })],
  ['it is 500 HTML', text(500, 'text/html', '<h1>x')],
  [
    'PHP writes a warning in front',
    text(200, 'application/json', '<b>Warning</b>{"access_token":"a"}'),
  ],
  ['it is no token answer', json(200, { hello: 1 })],
];

describe('S104 a refresh token for one use', () => {
  test('is sent once for 20 calls over two processes; the second expiry is the end', async () => {
    const browser = await logInAt(bff, provider);
    clock.ahead(DUE - 100);
    expect(await burst(browser)).toEqual(['200']);
    expect(provider.uses()).toEqual([]);
    clock.ahead(DUE);
    provider.next('token', after(200));
    expect(await burst(browser)).toEqual(['200']);
    expect(provider.uses()).toEqual([1]);
    clock.ahead(DUE + 3400);
    expect(await burst(browser)).toEqual(['200']);
    clock.ahead(DUE + ENDED);
    // Who comes when the session has gone already is nobody.
    expect(await burst(browser)).toContain('401 session_expired');
    expect((await info(browser)).error).toBe('not_authenticated');
    expect(provider.uses()).toEqual([1]);
  });

  test('is sent once after a 401 for everybody at once', async () => {
    const browser = await logInAt(bff, provider);
    provider.expireAccessTokens();
    expect(await burst(browser)).toEqual(['200']);
    expect(provider.uses()).toEqual([1]);
    provider.expireAccessTokens();
    expect((await burst(browser)).join()).toMatch(/^(401 \w+,?)+$/);
    expect(provider.uses()).toEqual([1]);
    expect((await redis.keys()).filter((key) => /:(session|tokens|lease):/.test(key))).toEqual([]);
  });

  test('that is refused ends the session', async () => {
    const browser = await logInAt(bff, provider);
    clock.ahead(ENDED);
    provider.next('token', json(200, { error: 'invalid_grant', error_description: 'expired' }));
    const got = await info(browser);
    expect([got.status, got.error], got.summary).toEqual([401, 'session_expired']);
    expect(browser.sessionCookie).toBeUndefined();
  });
});

describe('S105 of which nobody knows what became', () => {
  test.each(UNKNOWN)(
    '%s: the old access token while it lives, then 401, and nothing is sent again',
    async (_name, answer) => {
      const browser = await logInAt(bff, provider);
      clock.ahead(DUE);
      provider.next('token', answer);
      expect(await burstAt(answer, browser)).toEqual(['200']);
      expect(await burst(browser)).toEqual(['200']);
      clock.ahead(ENDED - 100);
      expect(await burst(browser)).toEqual(['200']);
      clock.ahead(ENDED);
      const got = await info(browser, sibling);
      expect([got.status, got.error], got.summary).toEqual([401, 'session_expired']);
      expect(provider.uses()).toEqual([1]);
    },
  );

  test.each(UNKNOWN.slice(0, 4))(
    '%s, and the access token has ended already: 401',
    async (_name, answer) => {
      const browser = await logInAt(bff, provider);
      clock.ahead(ENDED);
      provider.next('token', answer);
      expect((await burstAt(answer, browser)).join()).toMatch(/^(401 \w+,?)+$/);
      expect(provider.uses()).toEqual([1]);
      expect(await isSignedIn(browser)).toBe(false);
    },
  );

  test('the process dies before the answer: no other sends it again', async () => {
    const doomed = await startSibling(bff, provider);
    const browser = await logInAt(bff, provider);
    clock.ahead(DUE);
    provider.next('token', hang);
    const lost = info(browser.clone(), doomed).catch(() => undefined);
    await expect.poll(() => provider.uses()).toEqual([1]);
    process.kill(doomed.pid, 'SIGKILL');
    await lost;
    expect(await burst(browser)).toEqual(['200']);
    clock.ahead(ENDED);
    const got = await info(browser);
    expect([got.status, got.error], got.summary).toEqual([401, 'session_expired']);
    expect(provider.uses()).toEqual([1]);
    await doomed.stop();
  });
});

describe('that was never sent', () => {
  test('because nobody listened: 503, and later it works, with the same token', async () => {
    const browser = await logInAt(bff, provider);
    clock.ahead(ENDED);
    await provider.close();
    const got = await info(browser);
    expect([got.status, got.error], got.summary).toEqual([503, 'provider_unavailable']);
    expect(Number(got.headers['retry-after'])).toBeGreaterThan(0);
    expect(await burst(browser)).toEqual(['503 provider_unavailable']);
    expect(await isSignedIn(browser)).toBe(true);
    await provider.open();
    const status = async () => (await info(browser, sibling)).status;
    await expect.poll(status, { timeout: 8000, interval: 200 }).toBe(200);
    expect(provider.uses()).toEqual([1]);
  });

  test('or not looked at, for our secret is wrong: 502, and kept', async () => {
    const browser = await logInAt(bff, provider);
    clock.ahead(ENDED);
    provider.next('token', json(200, { error: 'invalid_client' }));
    expect(await burst(browser)).toEqual(['502 provider_error']);
    expect(await isSignedIn(browser)).toBe(true);
    const status = async () => (await info(browser)).status;
    await expect.poll(status, { timeout: 8000, interval: 200 }).toBe(200);
  });
});

test('S106 a logout during the refresh wins', async () => {
  const browser = await logInAt(bff, provider);
  clock.ahead(ENDED);
  const reads = provider.count('user');
  provider.next('token', after(500));
  const waiting = info(browser.clone(), sibling);
  await expect.poll(() => provider.uses()).toEqual([1]);
  expect((await browser.call('POST', '/auth/logout')).status).toBe(200);
  expect((await waiting).status).toBe(401);
  expect(provider.count('user')).toBe(reads);
});

test('S3 S5 S89 all this time the client did what the plugin expects', () => {
  expect(provider.violations).toEqual([]);
});

auditAtTheEnd(() => [bff, sibling, hasty]);
