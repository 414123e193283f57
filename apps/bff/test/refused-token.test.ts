import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import { auditAtTheEnd } from './audit.ts';
import { type BffProcess, startBff, startSibling } from './bff-process.ts';
import type { Browser } from './browser-jar.ts';
import { hang, json } from './provider-answers.ts';
import { signIn } from './sign-in.ts';
import { StrictProvider } from './strict-provider.ts';

let provider: StrictProvider;
let bff: BffProcess;
let sibling: BffProcess;

beforeAll(async () => {
  provider = await new StrictProvider().open();
  bff = await startBff({ provider, redisUrl: inject('redisUrl') });
  sibling = await startSibling(bff, provider);
}, 30_000);

beforeEach(() => provider.behave());

afterAll(async () => {
  await Promise.all([bff.stop(), sibling.stop()]);
  await provider.close();
});

const info = (browser: Browser, via = bff) => browser.call('GET', '/api/user/info', { via });
const refreshes = () => provider.count('token', 'refresh_token');
const alive = async (browser: Browser) =>
  (await browser.call('GET', '/auth/session')).json.authenticated;

describe('S97 S110 the API refuses a token that should still live', () => {
  test('and the token endpoint is away: 503, session kept, works again afterwards', async () => {
    const browser = await signIn(bff, provider);
    provider.tokens.expireAccessTokens();
    provider.always('token', json(503, {}));
    const got = await info(browser);
    expect([got.status, got.error], got.summary).toEqual([503, 'provider_unavailable']);
    const retryAfter = Number(got.headers['retry-after']);
    expect(retryAfter).toBeGreaterThan(0);
    expect(await alive(browser)).toBe(true);
    provider.behave();
    const status = async () => (await info(browser)).status;
    await expect.poll(status, { timeout: (retryAfter + 5) * 1000, interval: 200 }).toBe(200);
  });

  test('and our credentials are refused: 502, session kept', async () => {
    const browser = await signIn(bff, provider);
    provider.tokens.expireAccessTokens();
    provider.always('token', json(401, { error: 'invalid_client' }));
    const got = await info(browser);
    expect([got.status, got.error], got.summary).toEqual([502, 'provider_error']);
    expect(await alive(browser)).toBe(true);
  });

  test('and the refresh token too: 401 session_expired', async () => {
    const browser = await signIn(bff, provider);
    provider.tokens.revokeEverything();
    const got = await info(browser);
    expect([got.status, got.error], got.summary).toEqual([401, 'session_expired']);
    expect(browser.sessionCookie).toBeUndefined();
  });

  test('and there is no refresh token: 401 session_expired, after one call', async () => {
    provider.next('token', json(200, { access_token: 'AT-that-is-alone', token_type: 'Bearer' }));
    provider.next('userinfo', json(200, { id: 8 }));
    const browser = await signIn(bff, provider);
    const before = provider.count('userinfo');
    const got = await info(browser);
    expect([got.status, got.error], got.summary).toEqual([401, 'session_expired']);
    expect([provider.count('userinfo'), browser.sessionCookie]).toEqual([before + 1, undefined]);
  });

  test('for ever, for 20 calls at once over two processes: all 401, no storm', async () => {
    const browser = await signIn(bff, provider);
    provider.always('userinfo', json(401, { error: 'invalid_token' }));
    const before = { refreshes: refreshes(), calls: provider.count('userinfo') };
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, at) => info(browser.clone(), at % 2 ? bff : sibling)),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([401]));
    expect(refreshes() - before.refreshes).toBeLessThanOrEqual(2);
    expect(provider.count('userinfo') - before.calls).toBeLessThanOrEqual(40);
    expect(provider.tokens.reuses).toBe(0);
  });

  test('S96 at many sessions at once: each gets its own answer', async () => {
    const browsers = await Promise.all(Array.from({ length: 15 }, () => signIn(bff, provider)));
    provider.tokens.expireAccessTokens();
    const before = refreshes();
    const calls = browsers.flatMap((browser) => [
      info(browser.clone()),
      info(browser.clone(), sibling),
    ]);
    const statuses = (await Promise.all(calls)).map(({ status }) => status);
    expect(statuses.filter((status) => status !== 200)).toEqual([]);
    expect(refreshes() - before).toBe(15);
    expect(provider.tokens.reuses).toBe(0);
  });
});

test('S132 who hangs up does not keep a call to the provider open', async () => {
  const browser = await signIn(bff, provider);
  let closed = false;
  provider.next('userinfo', (exchange) => {
    exchange.request.socket.on('close', () => {
      closed = true;
    });
    return hang(exchange);
  });
  const controller = new AbortController();
  const headers = {
    host: new URL(bff.origin).host,
    'sec-fetch-site': 'same-origin',
    cookie: `cloakroom=${browser.sessionCookie?.value}`,
  };
  const lost = bff.pool.request({
    method: 'GET',
    path: '/api/user/info',
    headers,
    signal: controller.signal,
  });
  lost.catch(() => {});
  const calls = provider.count('userinfo');
  await expect.poll(() => provider.count('userinfo')).toBe(calls + 1);
  controller.abort();
  await delay(1000);
  expect(closed).toBe(true);
});

auditAtTheEnd(() => [bff, sibling]);
