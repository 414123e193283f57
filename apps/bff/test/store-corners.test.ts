import { setTimeout as delay } from 'node:timers/promises';
import { createClient } from 'redis';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type LocalRedis, startLocalRedis } from '../../../scripts/local-redis.ts';
import { auditAtTheEnd } from './audit.ts';
import { type BffProcess, startBff } from './bff-process.ts';
import { Browser } from './browser-jar.ts';
import { canary } from './canaries.ts';
import { type Clock, makeClock } from './clock.ts';
import { comeBack, signIn, walkToCallback } from './sign-in.ts';
import { StrictProvider } from './strict-provider.ts';

const PASSWORD = canary('SECRET');
let provider: StrictProvider;
let redis: LocalRedis;
let bff: BffProcess;
let clock: Clock;
let admin: ReturnType<typeof createClient>;
let url: string;

beforeAll(async () => {
  provider = await new StrictProvider().open();
  clock = makeClock();
  redis = await startLocalRedis();
  admin = createClient({ url: redis.url });
  await admin.connect();
  await admin.configSet('requirepass', PASSWORD);
  url = redis.url.replace('redis://', `redis://:${PASSWORD}@`);
  bff = await startBff({ provider, redisUrl: url, env: clock.env });
}, 30_000);

afterAll(async () => {
  await bff.stop();
  admin.destroy();
  await redis.stop();
  clock.remove();
  await provider.close();
});

test('S126 Redis asks for a password: with it all works, and it stands in no log', async () => {
  const browser = await signIn(bff, provider);
  expect((await browser.call('GET', '/api/user/info')).status).toBe(200);
});

test('S126 a wrong password: up, not ready, and the password in no log', async () => {
  const wrong = canary('SECRET');
  const redisUrl = redis.url.replace('redis://', `redis://:${wrong}@`);
  const other = await startBff({ provider, redisUrl });
  expect((await new Browser(other).send('GET', '/readyz')).status).toBe(503);
  expect((await new Browser(other).send('GET', '/healthz')).status).toBe(200);
  expect((await new Browser(other).call('GET', '/auth/session')).status).toBeLessThanOrEqual(503);
  await other.stop();
  expect(other.output()).not.toContain(wrong);
});

test('Redis forgets the scripts: refresh and logout work all the same', async () => {
  const browser = await signIn(bff, provider);
  await admin.scriptFlush();
  clock.ahead(7000);
  expect((await browser.call('GET', '/api/user/info')).status).toBe(200);
  await admin.scriptFlush();
  expect((await browser.call('POST', '/auth/logout')).status).toBe(200);
  clock.ahead(0);
});

test('S120 Redis refuses to write: no refresh token is used that could not be saved', async () => {
  const browser = await signIn(bff, provider);
  const [late, later] = [await signIn(bff, provider), browser.clone()];
  await admin.configSet('min-replicas-to-write', '1');
  expect((await browser.call('GET', '/api/user/info')).status).toBe(200);
  clock.ahead(7000);
  const before = provider.count('token');
  for (const each of [browser, late]) {
    const answer = await each.call('GET', '/api/user/info');
    expect([200, 503], answer.summary).toContain(answer.status);
    expect(answer.cookies).toEqual([]);
  }
  expect(provider.count('token')).toBe(before);
  await admin.configSet('min-replicas-to-write', '0');
  expect((await later.call('GET', '/api/user/info')).status).toBe(200);
  expect(provider.tokens.reuses).toBe(0);
  clock.ahead(0);
});

test('S36 S120 Redis hangs in the middle of a callback: no cookie, an answer in time', async () => {
  const browser = new Browser(bff);
  const path = await walkToCallback(browser, provider);
  provider.next('userinfo', ({ proceed }) => {
    process.kill(redis.pid, 'SIGSTOP');
    proceed();
  });
  const begun = performance.now();
  const back = await comeBack(browser, path);
  process.kill(redis.pid, 'SIGCONT');
  expect(back.location).toBe('/?error=session_store_unavailable');
  expect(performance.now() - begun).toBeLessThan(8000);
  expect(browser.sessionCookie).toBeUndefined();
  await delay(200);
  expect((await browser.open(path)).error).toMatch(/invalid_state|session_store_unavailable/);
  await signIn(bff, provider);
});

test('S125 S127 hundreds of junk cookies, states and handles leave nothing behind', async () => {
  const before = await admin.dbSize();
  const junk = Array.from(
    { length: 300 },
    (_, at) => `s:${'a'.repeat(at % 60)}${at}.${'b'.repeat(at % 50)}`,
  );
  await Promise.all(
    junk.flatMap((value) => {
      const headers = { cookie: `cloakroom=${encodeURIComponent(value)}` };
      return [
        new Browser(bff).call('GET', '/api/user/info', { headers }),
        new Browser(bff).open(`/oauth/callback?code=x&state=${encodeURIComponent(value)}`, {
          headers,
        }),
        new Browser(bff).call('DELETE', `/auth/sessions/${encodeURIComponent(value)}`, { headers }),
      ];
    }),
  );
  expect(await admin.dbSize()).toBeLessThanOrEqual(before);
});

auditAtTheEnd(() => [bff]);
