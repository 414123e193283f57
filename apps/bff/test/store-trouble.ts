import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'vitest';
import type { BffProcess } from './bff-process.ts';
import type { BrowserAnswer } from './browser-answer.ts';
import { Browser } from './browser-jar.ts';
import { type People, type Site, somebodyElse } from './people.ts';
import { comeBack, walkToCallback } from './sign-in.ts';

/**
 * Milliseconds within which anything is answered while the store is in trouble: a command is given
 * up after 3 s, and the first one that fails decides; the rest is for a machine that has much to do.
 */
const ANSWERED_WITHIN = 8000;

/**
 * Milliseconds until the site serves again, from the first PONG of the store. Promised are 5 s; the
 * rest is for a machine that has much to do.
 */
export const BACK_WITHIN = 8000;

/** What a store in trouble can still do. */
export interface StillWorks {
  /** It tells what it has. */
  reads: boolean;
  /** It can forget, though it takes nothing new. */
  deletes: boolean;
}

/**
 * Ask for everything while the store is in trouble, and compare with the contract.
 * @returns whether the leaver was told that the session has ended
 */
export async function expectTroubleAnswers(
  { bff, provider }: Site,
  { member, late, leaver, newcomer, refused }: People,
  { reads, deletes }: StillWorks,
): Promise<{ loggedOut: boolean }> {
  const visitor = new Browser(bff);
  const exchanges = provider.count('token');
  const [session, info, topup, sessions, stale, out, ready, back, denied, start, list, health] =
    await inTime([
      member.call('GET', '/auth/session'),
      member.call('GET', '/api/user/info'),
      member.call('GET', '/api/user/topup'),
      member.call('GET', '/auth/sessions'),
      late.call('GET', '/api/user/info'),
      leaver.clone().call('POST', '/auth/logout'),
      visitor.send('GET', '/readyz'),
      comeBack(newcomer.browser, newcomer.path),
      comeBack(refused.browser, refused.path),
      visitor.open('/auth/oauth/start', { from: 'same-origin' }),
      visitor.call('GET', '/auth/providers'),
      visitor.send('GET', '/healthz'),
    ]);
  for (const answer of [session, info, topup, sessions]) {
    if (reads) expect(answer.status, answer.summary).toBe(200);
    else expectRefused(answer);
  }
  if (reads) expect(session.json.authenticated).toBe(true);
  expectRefused(stale);
  const loggedOut = deletes && out.status === 200;
  if (!loggedOut) expectRefused(out);
  // A store that still answers is for the contract one that the site is ready with.
  if (reads) expect([200, 503], ready.summary).toContain(ready.status);
  else expectRefused(ready);

  expect(back.location, back.summary).toBe('/?error=session_store_unavailable');
  expect(denied.location, denied.summary).toBe('/?error=access_denied');
  expect(start.location, start.summary).toContain('/oauth2/authorize');
  expect([list.status, health.status, health.json]).toEqual([200, 200, { status: 'ok' }]);
  for (const { browser } of [newcomer, refused]) expect(browser.sessionCookie).toBeUndefined();
  expect(provider.count('token'), 'token requests').toBe(exchanges);
  return { loggedOut };
}

/** 503 that says when to come again, and takes nothing away. */
export function expectRefused(answer: BrowserAnswer): void {
  const { status, error, summary, headers, cookies } = answer;
  expect([status, error], summary).toEqual([503, 'session_store_unavailable']);
  expect(Number(headers['retry-after']), summary).toBeGreaterThan(0);
  expect(cookies, summary).toEqual([]);
}

/** Wait for all of these answers, none of which may hang. */
export async function inTime<T extends readonly Promise<BrowserAnswer>[]>(
  calls: readonly [...T],
): Promise<{ [at in keyof T]: BrowserAnswer }> {
  const begun = performance.now();
  const timed = calls.map(async (call) => {
    const answer = await call;
    expect(performance.now() - begun, answer.summary).toBeLessThan(ANSWERED_WITHIN);
    return answer;
  });
  return (await Promise.all(timed)) as { [at in keyof T]: BrowserAnswer };
}

/**
 * Wait until a login works again. To be called when the store answers again. Logins begin all the
 * time, for one that began too early takes its three seconds to fail.
 */
export async function expectBackInService({
  bff,
  provider,
}: Pick<Site, 'bff' | 'provider'>): Promise<void> {
  const returned = performance.now();
  const logins: Promise<void>[] = [];
  let works = false;
  let last = '';
  const login = async () => {
    const browser = new Browser(bff);
    const path = await walkToCallback(browser, provider, { account: somebodyElse() });
    const { location } = await comeBack(browser, path);
    works ||= location.includes('login=success');
    last = location;
  };
  while (!works) {
    const since = Math.round(performance.now() - returned);
    expect(since, `milliseconds, and still ${last}`).toBeLessThan(BACK_WITHIN);
    logins.push(login());
    await Promise.race([...logins.slice(-1), delay(100)]);
    await delay(20);
  }
  await Promise.all(logins);
  expect((await new Browser(bff).send('GET', '/readyz')).status).toBe(200);
}

/** It is the process that was started, and it has not begun anew. */
export function expectSameProcess(bff: BffProcess): void {
  expect(() => process.kill(bff.pid, 0)).not.toThrow();
  expect(bff.output().match(/"event":"listening"/g)).toHaveLength(1);
  expect(new Set(bff.output().match(/"pid":\d+/g))).toEqual(new Set([`"pid":${bff.pid}`]));
}
