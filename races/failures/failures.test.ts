import { setTimeout as sleep } from 'node:timers/promises';
import { test as base } from 'vitest';
import { PREFIX, PROVIDER_TIMEOUT } from '../site/site.ts';
import { oneSession, statuses, untilServed } from './one-session.ts';

/** Every test has a site of its own, so that they can run side by side. */
const test = base.concurrent;
const LONG = 60_000;

test(
  'a logout during a refresh wins',
  async ({ expect }) => {
    await using session = await oneSession();
    const { site, browser, one, other, keys } = session;
    const held = site.gate.holdRefresh('answer');
    const waiting = [one, one, other].map((node) => browser.userInfo(node));
    const refresh = await held;
    await sleep(1500); // the lease is renewed meanwhile
    const { calls } = site.gate;

    const logout = await browser.call(other, '/auth/logout', { method: 'POST' });
    expect(logout.status).toBe(200);
    await sleep(1500); // and must not be renewed any more
    const left = await keys();
    refresh.release();

    expect(statuses(await Promise.all(waiting))).toEqual([401, 401, 401]);
    expect(left).toEqual([]);
    expect(await keys()).toEqual([]);
    expect(site.gate.calls, 'the new token reaches no API').toBe(calls);
  },
  LONG,
);

test(
  'a refresh slower than the lease is still the only one',
  async ({ expect }) => {
    await using session = await oneSession();
    const { site, browser, one, other, reuses } = session;
    const held = site.gate.holdRefresh('request');
    const waiting = [one, other, one, other].map((node) => browser.userInfo(node));
    const refresh = await held;
    await sleep(6500);
    const late = browser.userInfo(other);
    refresh.release();

    expect(statuses(await Promise.all([...waiting, late]))).toEqual([200, 200, 200, 200, 200]);
    expect(site.gate.refreshes).toBe(1);
    expect(reuses()).toBe(0);
  },
  LONG,
);

test(
  'ten parallel 401s are one refresh',
  async ({ expect }) => {
    await using session = await oneSession();
    const { site, browser, one, other } = session;
    const answers = Array.from({ length: 10 }, (_, index) =>
      browser.userInfo(index % 2 === 0 ? one : other),
    );
    expect(new Set(statuses(await Promise.all(answers)))).toEqual(new Set([200]));
    expect(site.gate.refreshes).toBe(1);
  },
  LONG,
);

test(
  'who waits for a refresh in one process waits together',
  async ({ expect }) => {
    await using session = await oneSession();
    const { site, browser, one, other } = session;
    const held = site.gate.holdRefresh('answer');
    const holder = browser.userInfo(one);
    const refresh = await held;
    const before = await site.redis.calls('set');
    const waiting = Array.from({ length: 20 }, () => browser.userInfo(other));
    await sleep(1000);
    const asked = (await site.redis.calls('set')) - before;
    refresh.release();

    expect(new Set(statuses(await Promise.all([holder, ...waiting])))).toEqual(new Set([200]));
    expect(asked, 'attempts to get the lease in a second').toBeLessThan(40);
  },
  LONG,
);

test(
  'an invalid_grant from a lost race is settled by reading again',
  async ({ expect }) => {
    await using session = await oneSession();
    const { site, browser, one, other } = session;
    const held = site.gate.holdRefresh('request');
    const loser = browser.userInfo(one);
    const refresh = await held;
    await site.redis.remove(`${PREFIX}lease:{${browser.handle}}`); // as if it had ended
    expect((await browser.userInfo(other)).status).toBe(200);
    refresh.answer(400, { error: 'invalid_grant' });

    expect((await loser).status).toBe(200);
    expect(await untilServed(session, 0)).toEqual([200, 200]);
  },
  LONG,
);

test(
  'when the holder of the lease stands still another takes over, and once awake it overwrites nothing',
  async ({ expect }) => {
    await using session = await oneSession();
    const { site, browser, one, other } = session;
    const held = site.gate.holdRefresh('request');
    const holder = browser.userInfo(one);
    const refresh = await held;
    site.signal(one, 'SIGSTOP');
    const begun = performance.now();
    expect((await browser.userInfo(other)).status).toBe(200);
    expect(performance.now() - begun).toBeLessThan(PROVIDER_TIMEOUT + 15_000);

    const token_type = 'Bearer';
    const stale = { access_token: 'stale', refresh_token: 'stale', token_type, expires_in: 3600 };
    refresh.answer(200, stale);
    site.signal(one, 'SIGCONT');
    expect((await holder).status).toBe(200);
    site.emulator.control.expireAccessTokens(); // what is stored must be good for another refresh
    expect(await untilServed(session, 0)).toEqual([200, 200]);
  },
  LONG,
);

test(
  'when the process is killed between the answer and the save the session ends with a 401',
  async ({ expect }) => {
    await using session = await oneSession();
    const { site, browser, one, other, keys } = session;
    const held = site.gate.holdRefresh('answer');
    const holder = browser.userInfo(one);
    await held;
    await site.kill(one);
    expect((await holder).status).toBe(0);

    const next = await browser.userInfo(other);
    expect([next.status, next.error]).toEqual([401, 'session_expired']);
    expect(await keys()).toEqual([]);
    await browser.login(other);
    expect((await browser.userInfo(other)).status).toBe(200);
  },
  LONG,
);

test.for([1000, 6500])(
  'when Redis dies for %i ms between the answer and the save the new tokens are not lost',
  { timeout: LONG },
  async (away, { expect }) => {
    await using session = await oneSession();
    const { site, browser, one, other, reuses } = session;
    const held = site.gate.holdRefresh('answer');
    const holder = browser.userInfo(one);
    const refresh = await held;
    await site.redis.crash();
    refresh.release();
    await sleep(away);
    const during = [await browser.userInfo(one), await browser.userInfo(other)];
    expect(during.map(({ error }) => error)).toEqual(Array(2).fill('session_store_unavailable'));

    await site.redis.restart();
    expect(await untilServed(session, 5000)).toEqual([200, 200]);
    expect([200, 503]).toContain((await holder).status);
    expect(site.gate.refreshes).toBe(1);
    expect(reuses()).toBe(0);
  },
);
