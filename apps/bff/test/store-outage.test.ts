import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type LocalRedis, startLocalRedis } from '../../../scripts/local-redis.ts';
import { auditAtTheEnd } from './audit.ts';
import { type BffProcess, startBff } from './bff-process.ts';
import type { BrowserAnswer } from './browser-answer.ts';
import { Browser } from './browser-jar.ts';
import { type Clock, makeClock } from './clock.ts';
import { after } from './provider-answers.ts';
import { comeBack, signIn, walkToCallback } from './sign-in.ts';
import { StrictProvider } from './strict-provider.ts';

let provider: StrictProvider;
let redis: LocalRedis;
let bff: BffProcess;
let clock: Clock;

beforeAll(async () => {
  provider = await new StrictProvider().open();
  clock = makeClock();
  redis = await startLocalRedis();
  bff = await startBff({ provider, redisUrl: redis.url, env: clock.env });
}, 30_000);

afterAll(async () => {
  await bff.stop();
  await redis.stop();
  clock.remove();
  await provider.close();
});

/** Make an answer within five seconds, or fail. */
async function inTime(call: Promise<BrowserAnswer>): Promise<BrowserAnswer> {
  const begun = performance.now();
  const answer = await call;
  expect(performance.now() - begun, answer.summary).toBeLessThan(5000);
  return answer;
}

/** What must hold while the store is away, for somebody who is signed in. */
async function holdsOut(
  browser: Browser,
  attempts: { denied: string; granted: string },
): Promise<void> {
  const cookie = browser.sessionCookie?.value;
  const tokens = provider.count('token');
  const calls: [string, string][] = [
    ['GET', '/auth/session'],
    ['GET', '/api/user/info'],
    ['GET', '/api/user/topup'],
    ['GET', '/auth/sessions'],
    ['POST', '/auth/logout'],
    ['POST', '/auth/logout/all'],
  ];
  const answers = await Promise.all(
    calls.map(([method, path]) => inTime(browser.call(method, path))),
  );
  for (const answer of answers) {
    expect([answer.status, answer.error], answer.summary).toEqual([
      503,
      'session_store_unavailable',
    ]);
    expect(Number(answer.headers['retry-after']), answer.summary).toBeGreaterThan(0);
    expect(answer.cookies, answer.summary).toEqual([]);
  }
  const [health, ready, list, start, denied, granted] = await Promise.all(
    [
      browser.send('GET', '/healthz'),
      browser.send('GET', '/readyz'),
      browser.call('GET', '/auth/providers'),
      browser.open('/auth/oauth/start', { from: 'same-origin' }),
      comeBack(browser, attempts.denied),
      comeBack(browser, attempts.granted),
    ].map(inTime),
  );
  expect([health?.status, health?.json]).toEqual([200, { status: 'ok' }]);
  expect([ready?.status, list?.status, start?.status]).toEqual([503, 200, 302]);
  expect(denied?.location).toBe('/?error=access_denied');
  expect(granted?.location).toBe('/?error=session_store_unavailable');
  expect(provider.count('token'), 'token requests').toBe(tokens);
  expect(browser.sessionCookie?.value).toBe(cookie);
}

async function twoAttempts(browser: Browser): Promise<{ denied: string; granted: string }> {
  const denied = await walkToCallback(browser, provider, { error: 'access_denied' });
  return { denied, granted: await walkToCallback(browser, provider) };
}

/** A whole login works again within five seconds. */
async function recovers(): Promise<void> {
  const until = Date.now() + 5000;
  let location = '';
  while (Date.now() < until && !location.includes('login=success')) {
    const browser = new Browser(bff);
    location = (await comeBack(browser, await walkToCallback(browser, provider))).location;
    if (!location.includes('login=success')) await delay(200);
  }
  expect(location).toBe('/?login=success');
  expect((await new Browser(bff).send('GET', '/readyz')).status).toBe(200);
}

describe('S120 while Redis is away the BFF fails closed, and works again by itself', () => {
  test('Redis hangs (SIGSTOP): sessions are there again afterwards', async () => {
    const browser = await signIn(bff, provider);
    const attempts = await twoAttempts(browser);
    process.kill(redis.pid, 'SIGSTOP');
    try {
      await holdsOut(browser, attempts);
    } finally {
      process.kill(redis.pid, 'SIGCONT');
    }
    await recovers();
    expect((await browser.call('GET', '/api/user/info')).status).toBe(200);
  }, 30_000);

  test('Redis is gone and comes back empty', async () => {
    const browser = await signIn(bff, provider);
    const attempts = await twoAttempts(browser);
    await redis.stop();
    await delay(100);
    await holdsOut(browser, attempts);
    redis = await startLocalRedis({ port: redis.port });
    await recovers();
    expect((await browser.call('GET', '/api/user/info')).status).toBe(401);
  }, 30_000);

  test('Redis refuses to write: no half session', async () => {
    const browser = new Browser(bff);
    const member = await signIn(bff, provider);
    const path = await walkToCallback(browser, provider);
    const { createClient } = await import('redis');
    const admin = await createClient({ url: redis.url }).connect();
    await admin.configSet('min-replicas-to-write', '1');
    const back = await inTime(comeBack(browser, path));
    const out = await inTime(member.clone().call('POST', '/auth/logout'));
    await admin.configSet('min-replicas-to-write', '0');
    admin.destroy();
    expect(back.location).toBe('/?error=session_store_unavailable');
    expect(browser.sessionCookie).toBeUndefined();
    expect([out.status, out.error], 'a logout that could not be').toEqual([
      503,
      'session_store_unavailable',
    ]);
    expect((await member.call('GET', '/api/user/info')).status).toBe(200);
  });

  test('Redis hangs between the answer of the provider and the save: no rotated token is lost', async () => {
    const browser = await signIn(bff, provider);
    clock.ahead(7000);
    let answered: () => void = () => {};
    const stopped = new Promise<void>((resolve) => {
      answered = resolve;
    });
    provider.next('token', async (exchange) => {
      await after(50)({ ...exchange, proceed: () => {} });
      process.kill(redis.pid, 'SIGSTOP');
      exchange.proceed();
      answered();
    });
    const waiting = browser.clone().call('GET', '/api/user/info');
    await stopped;
    await delay(2500);
    process.kill(redis.pid, 'SIGCONT');
    expect([200, 503]).toContain((await waiting).status);
    await recovers();
    const before = provider.count('token', 'refresh_token');
    expect((await browser.call('GET', '/api/user/info')).status).toBe(200);
    expect(provider.count('token', 'refresh_token'), 'refreshes after that').toBe(before);
    expect(provider.tokens.reuses).toBe(0);
    clock.ahead(14_000);
    expect((await browser.call('GET', '/api/user/info')).status).toBe(200);
    expect(provider.tokens.reuses).toBe(0);
    clock.ahead(0);
  }, 30_000);

  test('the connections to Redis are cut again and again under load', async () => {
    const browser = await signIn(bff, provider);
    const { createClient } = await import('redis');
    const admin = await createClient({ url: redis.url }).connect();
    const statuses = new Set<number>();
    for (let round = 0; round < 5; round += 1) {
      const calls = Array.from({ length: 20 }, () =>
        inTime(browser.clone().call('GET', '/api/user/info')),
      );
      await admin.sendCommand(['CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes']);
      for (const { status } of await Promise.all(calls)) statuses.add(status);
      await delay(100);
    }
    admin.destroy();
    expect([...statuses].filter((status) => status !== 200 && status !== 503)).toEqual([]);
    await recovers();
    expect((await browser.call('GET', '/api/user/info')).status).toBe(200);
  });
});

auditAtTheEnd(() => [bff]);
