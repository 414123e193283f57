import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { auditAtTheEnd } from './audit.ts';
import { type BffProcess, startBff, startSibling } from './bff-process.ts';
import { Browser } from './browser-jar.ts';
import { FaultyLink } from './faulty-link.ts';
import { FaultyRedis } from './faulty-redis.ts';
import { halfSessions, link, redis, runFaultySite, site, view } from './faulty-site.ts';
import { gatherPeople } from './people.ts';
import type { Answer } from './provider-answers.ts';
import { comeBack, signIn, walkToCallback } from './sign-in.ts';
import {
  BACK_WITHIN,
  expectBackInService,
  expectRefused,
  expectSameProcess,
  inTime,
} from './store-trouble.ts';

runFaultySite();

const FAULTS = [
  {
    what: 'its memory is full',
    strike: () => redis.tell('CONFIG', 'SET', 'maxmemory', '1'),
    heal: () => redis.tell('CONFIG', 'SET', 'maxmemory', '0'),
  },
  {
    what: 'it becomes a read-only replica',
    strike: () => redis.tell('REPLICAOF', '127.0.0.1', '1'),
    heal: () => redis.tell('REPLICAOF', 'NO', 'ONE'),
  },
  {
    what: 'it is killed',
    strike: () => redis.kill(),
    heal: () => redis.restart(),
  },
  {
    what: 'it stands still',
    strike: () => redis.freeze(),
    heal: () => redis.thaw(),
  },
];

/** Strike while the provider thinks, then let it answer as it should. */
function striking(strike: () => Promise<unknown>): Answer {
  return async ({ proceed }) => {
    await strike();
    proceed();
  };
}

describe('S120 when Redis breaks in the middle of a request', () => {
  test.each(FAULTS)(
    'S120 S36 a login while $what: no half session',
    async ({ strike, heal }) => {
      const { bff, provider } = site;
      const sessions = async () => (await view.keys()).filter((key) => key.includes('session:'));
      const before = await sessions();
      const browser = new Browser(bff);
      const path = await walkToCallback(browser, provider);
      provider.next('userinfo', striking(strike));
      const [back] = await inTime([comeBack(browser, path)]).finally(heal);
      expect(back.location).toBe('/?error=session_store_unavailable');
      expect(browser.sessionCookie).toBeUndefined();
      await redis.untilAnswering();
      // What Redis had in its ear when it stood still it does first.
      await expect.poll(sessions, { timeout: BACK_WITHIN }).toEqual(before);
      expect(await halfSessions()).toEqual([]);
      await expectBackInService(site);
      expect((await comeBack(browser, path)).error, 'the attempt is spent').toBe('invalid_state');
      expectSameProcess(bff);
    },
    30_000,
  );

  test.each(FAULTS)(
    'S120 a refresh while $what: the new tokens are saved afterwards',
    async ({ strike, heal }) => {
      const { bff, provider } = site;
      const { late } = await gatherPeople(site);
      const before = provider.count('token', 'refresh_token');
      provider.next('token', striking(strike));
      const [info] = await inTime([late.call('GET', '/api/user/info')]).finally(heal);
      expectRefused(info);
      await redis.untilAnswering();
      await expectBackInService(site);
      // The tokens are offered to the store every now and then, until it takes them.
      const again = async () => (await late.call('GET', '/api/user/info')).status;
      await expect.poll(again, { timeout: BACK_WITHIN }).toBe(200);
      expect(provider.count('token', 'refresh_token')).toBe(before + 1);
      await gatherPeople(site); // three hours later the saved ones are refreshed
      await expect.poll(again, { timeout: BACK_WITHIN }).toBe(200);
      expect(provider.tokens.reuses).toBe(0);
      expectSameProcess(bff);
    },
    30_000,
  );
});

describe('S120 when it takes no writes for longer than a lease', { timeout: 60_000 }, () => {
  test.each(FAULTS.slice(0, 2))(
    'as $what, the new tokens are saved before another process may refresh',
    async ({ strike, heal }) => {
      const { bff, provider } = site;
      const other = await startSibling(bff, provider);
      try {
        const { late } = await gatherPeople(site);
        const before = provider.count('token', 'refresh_token');
        provider.next('token', striking(strike));
        const asking = { going: true };
        const ask = async (via: BffProcess) => {
          while (asking.going) {
            await late.clone().call('GET', '/api/user/info', { via });
            await delay(50);
          }
        };
        const both = [ask(bff), ask(other)];
        await delay(7000);
        await heal();
        await delay(4000);
        asking.going = false;
        await Promise.all(both);
        for (const via of [bff, other]) {
          expect((await late.clone().call('GET', '/api/user/info', { via })).status).toBe(200);
        }
        expect(provider.count('token', 'refresh_token')).toBe(before + 1);
        expect(provider.tokens.reuses).toBe(0);
      } finally {
        await other.stop();
      }
    },
  );
});

test('S120 one address that leads to another server after a failover: no restart is needed', async () => {
  const [old, next] = [await FaultyRedis.start(), await FaultyRedis.start()];
  const [oldPort, nextPort] = [old, next].map(({ url }) => Number(new URL(url).port));
  const address = await FaultyLink.open(oldPort ?? 0);
  const { provider } = site;
  const bff = await startBff({ provider, redisUrl: `redis://127.0.0.1:${address.port}` });
  try {
    const member = await signIn(bff, provider);
    await next.tell('REPLICAOF', '127.0.0.1', String(oldPort));
    const inStep = () => next.tell('INFO', 'replication');
    await expect.poll(inStep, { timeout: 20_000 }).toMatch(/master_link_status:up/);
    await expect.poll(() => next.tell('DBSIZE')).not.toBe('0');
    await next.tell('REPLICAOF', 'NO', 'ONE');
    await old.tell('REPLICAOF', '127.0.0.1', String(nextPort));
    address.moveTo(nextPort ?? 0);
    await expectBackInService({ bff, provider });
    expect((await member.call('GET', '/api/user/info')).status).toBe(200);
    expect(bff.output()).toMatch(/"store\.lost".*READONLY/);
    expectSameProcess(bff);
  } finally {
    await bff.stop();
    await address.close();
    for (const each of [old, next]) await each.kill();
  }
}, 60_000);

test('S120 a Redis that is 150 ms away in each direction: slower, and nothing else', async () => {
  link.delay(150);
  try {
    const browser = await signIn(site.bff, site.provider);
    const [session, info, out] = await inTime([
      browser.call('GET', '/auth/session'),
      browser.call('GET', '/api/user/info'),
      browser.clone().call('POST', '/auth/logout'),
    ]);
    expect([session.status, info.status, out.status]).toEqual([200, 200, 200]);
    expect((await browser.call('GET', '/api/user/info')).status).toBe(401);
  } finally {
    link.mend();
  }
});

test('S120 connections are cut under load: what was answered is true', async () => {
  const { bff, provider } = site;
  const leavers = await Promise.all(Array.from({ length: 15 }, () => signIn(bff, provider)));
  const reader = await signIn(bff, provider);
  const newcomers = await Promise.all(
    Array.from({ length: 15 }, async () => {
      const browser = new Browser(bff);
      return { browser, path: await walkToCallback(browser, provider) };
    }),
  );
  for (let round = 0; round < 5; round += 1) {
    const of = <T>(all: T[]) => all.slice(round * 3, round * 3 + 3);
    const answers = inTime([
      ...of(newcomers).map(({ browser, path }) => comeBack(browser, path)),
      ...of(leavers).map((leaver) => leaver.clone().call('POST', '/auth/logout')),
      ...Array.from({ length: 10 }, () => reader.clone().call('GET', '/api/user/info')),
    ]);
    await redis.tell('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes');
    const outs = (await answers).filter(({ path }) => path === '/auth/logout');
    for (const answer of await answers) {
      if (answer.status === 503) expectRefused(answer);
      else if (answer.status === 302)
        expect(['/?login=success', '/?error=session_store_unavailable']).toContain(answer.location);
      else expect(answer.status, answer.summary).toBe(200);
    }
    await expectBackInService(site);
    for (const [at, leaver] of of(leavers).entries()) {
      const { status } = await leaver.call('GET', '/api/user/info');
      if (outs[at]?.status === 200) expect(status, 'after a logout').toBe(401);
    }
    for (const { browser } of of(newcomers)) {
      const { status } = await browser.call('GET', '/api/user/info');
      expect(status, 'with a cookie, or without').toBe(browser.sessionCookie ? 200 : 401);
    }
    await delay(50);
  }
  expect((await reader.call('GET', '/api/user/info')).status).toBe(200);
  expect(provider.tokens.reuses).toBe(0);
  expectSameProcess(bff);
}, 60_000);

test('S120 a start on a Redis that evicts says so, and what to do', async () => {
  const warnings = (bff: BffProcess) =>
    bff
      .output()
      .split('\n')
      .filter((line) => line.includes('"store.evicts"'));
  expect(warnings(site.bff), 'of one that does not').toEqual([]);
  await redis.tell('CONFIG', 'SET', 'maxmemory-policy', 'allkeys-lru');
  const other = await startBff({ provider: site.provider, redisUrl: redis.url });
  await expect.poll(() => warnings(other), { timeout: 10_000 }).toHaveLength(1);
  const said = { level: 40, policy: 'allkeys-lru', fix: expect.stringContaining('noeviction') };
  expect(JSON.parse(warnings(other)[0] ?? '')).toMatchObject(said);
  await signIn(other, site.provider);
  await other.stop();
});

auditAtTheEnd(() => [site.bff]);
