import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import { auditAtTheEnd } from './audit.ts';
import { type BffProcess, startBff, startSibling } from './bff-process.ts';
import type { Browser } from './browser-jar.ts';
import { type Clock, makeClock } from './clock.ts';
import {
  type Answer,
  breakInTheMiddle,
  hang,
  json,
  redirectTo,
  reset,
  text,
} from './provider-answers.ts';
import { signIn } from './sign-in.ts';
import { StrictProvider } from './strict-provider.ts';

let provider: StrictProvider;
let bff: BffProcess;
let sibling: BffProcess;
let clock: Clock;

beforeAll(async () => {
  provider = await new StrictProvider().open();
  clock = makeClock();
  const env = { ...clock.env, PROVIDER_TIMEOUT_MS: '600' };
  bff = await startBff({ provider, redisUrl: inject('redisUrl'), env });
  sibling = await startSibling(bff, provider);
}, 30_000);

beforeEach(() => {
  clock.ahead(0);
  provider.behave();
});

afterAll(async () => {
  await Promise.all([bff.stop(), sibling.stop()]);
  clock.remove();
  await provider.close();
});

const info = (browser: Browser, via = bff) => browser.call('GET', '/api/user/info', { via });
const refreshes = () => provider.count('token', 'refresh_token');

/** Sessions that met an outage, and the seconds within which they must work again after it. */
const waiting: { browser: Browser; within: number }[] = [];

/** Outages of the token endpoint that surely left the refresh token alone. */
const HARMLESS: [string, Answer][] = [
  ['500', json(500, { error: 'server_error' })],
  ['503', json(503, {}, { 'retry-after': '1' })],
  ['502 HTML', text(502, 'text/html', '<h1>Bad gateway</h1>')],
  ['429', json(429, { error: 'slow_down' })],
  ['408', json(408, {})],
];
/** Those of which nobody knows whether the token was used. */
const UNKNOWN: [string, Answer][] = [
  ['no answer', hang],
  ['a reset', reset],
  ['a break in the middle', breakInTheMiddle],
  ['200 HTML', text(200, 'text/html', '<h1>hello</h1>')],
  ['200 cut off', text(200, 'application/json', '{"access_token":')],
  ['a redirect', redirectTo(302, '/elsewhere')],
];
const OURS: [string, Answer][] = [
  ['401 invalid_client', json(401, { error: 'invalid_client' })],
  ['400 unauthorized_client', json(400, { error: 'unauthorized_client' })],
  ['403', json(403, { error: 'x' })],
];

describe('S109 while the access token lives, a refresh that fails changes nothing', () => {
  test.each([...HARMLESS, ...UNKNOWN, ...OURS])('%s', async (_name, answer) => {
    const browser = await signIn(bff, provider);
    clock.ahead(7000);
    provider.always('token', answer);
    const got = await info(browser);
    expect(got.status, got.summary).toBe(200);
    expect(got.cookies).toEqual([]);
    expect((await info(browser, sibling)).status).toBe(200);
    expect((await browser.call('GET', '/auth/session')).json.authenticated).toBe(true);
  });

  test('nobody listens at the token endpoint, but the API answers', async () => {
    const browser = await signIn(bff, provider);
    clock.ahead(7000);
    provider.always('token', ({ request }) => void request.socket.destroy());
    expect((await info(browser)).status).toBe(200);
  });
});

describe('S109 once it has ended', () => {
  test.each(HARMLESS)('%s: 503 with Retry-After, session kept', async (_name, answer) => {
    const browser = await signIn(bff, provider);
    clock.ahead(7300);
    provider.always('token', answer);
    const got = await info(browser);
    expect([got.status, got.error], got.summary).toEqual([503, 'provider_unavailable']);
    expect(Number(got.headers['retry-after'])).toBeGreaterThan(0);
    expect(got.cookies).toEqual([]);
    expect((await browser.call('GET', '/auth/session')).json.authenticated).toBe(true);
    waiting.push({ browser, within: Number(got.headers['retry-after']) + 5 });
  });

  test('nobody listens: 503 with Retry-After, session kept', async () => {
    const browser = await signIn(bff, provider);
    clock.ahead(7300);
    await provider.close();
    const got = await info(browser);
    await provider.open();
    expect([got.status, got.error], got.summary).toEqual([503, 'provider_unavailable']);
    expect(Number(got.headers['retry-after'])).toBeGreaterThan(0);
    waiting.push({ browser, within: Number(got.headers['retry-after']) + 5 });
  });

  test.each(UNKNOWN)('%s: 503, or 401 where the token was one-shot', async (_name, answer) => {
    const browser = await signIn(bff, provider);
    const thief = browser.clone();
    clock.ahead(7300);
    provider.always('token', answer);
    const got = await info(browser);
    if (got.status === 401) {
      expect(got.error).toBe('session_expired');
      expect(browser.sessionCookie).toBeUndefined();
      expect((await info(thief)).status).toBe(401);
      return;
    }
    expect([got.status, got.error], got.summary).toEqual([503, 'provider_unavailable']);
    waiting.push({ browser, within: Number(got.headers['retry-after']) + 5 });
  });

  test.each(OURS)(
    '%s is our configuration: 502, session kept, and an error in the log',
    async (_name, answer) => {
      const browser = await signIn(bff, provider);
      clock.ahead(7300);
      provider.always('token', answer);
      const written = bff.output().length;
      const got = await info(browser);
      expect([got.status, got.error], got.summary).toEqual([502, 'provider_error']);
      expect((await browser.call('GET', '/auth/session')).json.authenticated).toBe(true);
      await expect.poll(() => bff.output().slice(written)).toMatch(/"level":(50|60)/);
      waiting.push({ browser, within: 5 });
    },
  );

  test('each of these sessions works again within its Retry-After + 5 seconds', async () => {
    clock.ahead(7300);
    expect(waiting.length).toBeGreaterThan(8);
    await Promise.all(
      waiting.map(async ({ browser, within }) => {
        const status = async () => (await info(browser)).status;
        await expect.poll(status, { timeout: within * 1000, interval: 250 }).toBe(200);
      }),
    );
    expect(provider.tokens.reuses).toBe(0);
  });
});

test('while an outage lasts there are at most 2 attempts a second, over all processes', async () => {
  const browser = await signIn(bff, provider);
  clock.ahead(7000);
  provider.always('token', json(503, {}));
  const before = refreshes();
  const begun = Date.now();
  let failed = 0;
  while (Date.now() - begun < 3000) {
    const answers = await Promise.all([info(browser), info(browser, sibling), info(browser)]);
    failed += answers.filter(({ status }) => status !== 200).length;
    await delay(30);
  }
  const seconds = (Date.now() - begun) / 1000;
  expect(failed).toBe(0);
  expect(refreshes() - before).toBeLessThanOrEqual(Math.ceil(seconds * 2));
  expect(refreshes() - before).toBeGreaterThan(0);
});

test('S105 S111 a process that dies in the middle of a refresh is replaced by another', async () => {
  const doomed = await startSibling(bff, provider);
  const browser = await signIn(bff, provider);
  clock.ahead(7300);
  provider.next('token', hang);
  const lost = info(browser.clone(), doomed).catch(() => 'broken');
  while (provider.calls.at(-1)?.form.get('grant_type') !== 'refresh_token') await delay(10);
  process.kill(doomed.pid, 'SIGKILL');
  await lost;
  const begun = Date.now();
  let status = 0;
  while (status !== 200 && Date.now() - begun < 15_600) {
    const answer = await info(browser);
    status = answer.status;
    expect([200, 503], answer.summary).toContain(status);
    if (status !== 200) await delay(300);
  }
  expect(status).toBe(200);
  expect(provider.tokens.reuses).toBe(0);
  await doomed.pool.destroy();
}, 25_000);

auditAtTheEnd(() => [bff, sibling]);
