import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { auditAtTheEnd } from './audit.ts';
import type { Browser } from './browser-jar.ts';
import { after, json } from './provider-answers.ts';
import { signIn } from './sign-in.ts';
import { bff, clock, provider, redis, runTwoProcesses, sibling } from './two-processes.ts';

runTwoProcesses();

const info = (browser: Browser, via = bff) => browser.call('GET', '/api/user/info', { via });
const refreshes = () => provider.count('token', 'refresh_token');

/** Many calls at once, over both processes. */
const burst = (browser: Browser, calls: number) =>
  Promise.all(
    Array.from({ length: calls }, (_, at) => info(browser.clone(), at % 2 ? bff : sibling)),
  );

describe('when a token is refreshed', () => {
  test.each([
    [7200, 6890, 6905],
    [3600, 3290, 3305],
    [660, 350, 365],
    [400, 190, 205],
    [60, 25, 35],
  ])('a life of %i s: not after %i s, but after %i s', async (life, early, due) => {
    provider.tokens.expiresIn = life;
    const browser = await signIn(bff, provider);
    const before = refreshes();
    clock.ahead(early);
    expect((await info(browser)).status).toBe(200);
    expect(refreshes()).toBe(before);
    clock.ahead(due);
    expect((await info(browser)).status).toBe(200);
    expect(refreshes()).toBe(before + 1);
    const [token, call] = [provider.calls.at(-2), provider.calls.at(-1)];
    expect([token?.endpoint, call?.endpoint]).toEqual(['token', 'userinfo']);
    expect((await info(browser, sibling)).status).toBe(200);
    expect(refreshes()).toBe(before + 1);
  });

  test('a life of one second is no reason for a storm or an error', async () => {
    provider.tokens.expiresIn = 1;
    provider.tokens.reallyLivesMs = 60_000;
    const browser = await signIn(bff, provider);
    const before = refreshes();
    for (let call = 0; call < 20; call += 1) expect((await info(browser)).status).toBe(200);
    expect(refreshes() - before).toBeLessThanOrEqual(20);
    expect(provider.tokens.reuses).toBe(0);
  });

  test('without expires_in the 401 of the API decides', async () => {
    provider.tokens.expiresIn = null;
    const browser = await signIn(bff, provider);
    const before = refreshes();
    clock.ahead(3000);
    expect((await info(browser)).status).toBe(200);
    provider.tokens.expireAccessTokens();
    expect((await info(browser)).status).toBe(200);
    expect(refreshes() - before).toBeLessThanOrEqual(2);
    expect(provider.tokens.reuses).toBe(0);
  });
});

describe('S104 one refresh per expiry', () => {
  test('whatever the number of requests and processes, ten times over', async () => {
    const browser = await signIn(bff, provider);
    for (let round = 1; round <= 10; round += 1) {
      const before = refreshes();
      clock.ahead(round * 7000);
      if (round % 2) provider.next('token', after(120));
      const statuses = (await burst(browser, 50)).map(({ status }) => status);
      expect(
        statuses.filter((status) => status !== 200),
        `round ${round}`,
      ).toEqual([]);
      expect(refreshes(), `round ${round}`).toBe(before + 1);
    }
    expect(provider.tokens.reuses).toBe(0);
  }, 30_000);

  test('who waits gets its result, however long it takes within the time-out', async () => {
    const browser = await signIn(bff, provider);
    clock.ahead(7300); // the access token has ended too
    const before = refreshes();
    provider.next('token', after(1600));
    const answers = await burst(browser, 20);
    expect(answers.map(({ status }) => status).filter((status) => status !== 200)).toEqual([]);
    expect(refreshes()).toBe(before + 1);
  });

  test('after a 401 of the API for everybody at once', async () => {
    const browser = await signIn(bff, provider);
    const before = refreshes();
    provider.tokens.expireAccessTokens();
    const answers = await burst(browser, 30);
    expect(answers.map(({ status }) => status).filter((status) => status !== 200)).toEqual([]);
    expect(refreshes()).toBe(before + 1);
    expect(provider.tokens.reuses).toBe(0);
  });

  test('S107 a slow call with the old token changes nothing when it comes back late', async () => {
    const browser = await signIn(bff, provider);
    const before = refreshes();
    provider.next('userinfo', after(600, json(401, { error: 'invalid_token' })));
    const slow = info(browser.clone());
    await delay(100);
    clock.ahead(7000);
    expect((await info(browser, sibling)).status).toBe(200);
    expect(refreshes()).toBe(before + 1);
    expect((await slow).status).toBe(200);
    expect(refreshes(), 'the stored token is newer than the one that failed').toBe(before + 1);
    expect(provider.tokens.reuses).toBe(0);
  });

  test('S107 a call that only took long writes no old token back', async () => {
    const browser = await signIn(bff, provider);
    provider.next('userinfo', after(500));
    const slow = info(browser.clone());
    await delay(100);
    clock.ahead(7000);
    expect((await info(browser, sibling)).status).toBe(200);
    expect((await slow).status).toBe(200);
    clock.ahead(14_000);
    expect((await info(browser)).status).toBe(200);
    expect(provider.tokens.reuses).toBe(0);
  });
});

describe('the refresh token', () => {
  test('is kept where the answer has none', async () => {
    provider.tokens.keepsRefreshToken = true;
    const browser = await signIn(bff, provider);
    for (const seconds of [7000, 14_000, 21_000]) {
      clock.ahead(seconds);
      expect((await info(browser)).status).toBe(200);
    }
    expect(provider.tokens.reuses).toBe(0);
  });

  test('is replaced where it has one, and the newest is used', async () => {
    const browser = await signIn(bff, provider);
    for (const seconds of [7000, 14_000, 21_000]) {
      clock.ahead(seconds);
      expect((await info(browser, seconds === 14_000 ? sibling : bff)).status).toBe(200);
      const used = provider.calls
        .filter(({ form }) => form.get('grant_type') === 'refresh_token')
        .at(-1);
      expect(used?.form.get('refresh_token')).toBe(provider.tokens.issuedRefreshTokens.at(-2));
    }
  });

  test('there is none: the session ends with its access token, quietly', async () => {
    provider.next(
      'token',
      json(200, { access_token: 'AT-without-refresh', token_type: 'Bearer', expires_in: 3600 }),
    );
    provider.always('userinfo', json(200, { id: 9 }));
    const browser = await signIn(bff, provider);
    clock.ahead(3400);
    expect((await info(browser)).status).toBe(200);
    clock.ahead(3700);
    const late = await info(browser);
    expect([late.status, late.error]).toEqual([401, 'session_expired']);
    expect(browser.sessionCookie).toBeUndefined();
  });
});

describe('S60 invalid_grant ends the session', () => {
  test('401 session_expired, the cookie goes, nothing of it stays in Redis', async () => {
    const others = new Set(await redis.keys());
    const browser = await signIn(bff, provider);
    const thief = browser.clone();
    clock.ahead(7000);
    provider.tokens.revokeEverything();
    const before = refreshes();
    const answer = await info(browser);
    expect([answer.status, answer.error]).toEqual([401, 'session_expired']);
    expect(browser.sessionCookie).toBeUndefined();
    const [cookie] = answer.cookies;
    expect(cookie?.attributes).toMatchObject({ path: '/', httponly: '', samesite: 'Strict' });
    for (const via of [bff, sibling, bff])
      expect((await info(thief, via)).error).toBe('not_authenticated');
    expect((await thief.call('GET', '/auth/session')).json).toEqual({ authenticated: false });
    expect(refreshes()).toBe(before + 1);
    const left = (await redis.dump()).filter(
      ({ key }) => !others.has(key) && !key.includes('attempt'),
    );
    expect(left.map(({ key }) => key)).toEqual([]);
  });

  test('for 30 calls at once, with one refresh', async () => {
    const browser = await signIn(bff, provider);
    clock.ahead(7000);
    provider.tokens.revokeEverything();
    const before = refreshes();
    const answers = await burst(browser, 30);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([401]));
    expect(refreshes() - before).toBe(1);
  });
});

test('S3 nothing of all this broke a rule of the provider', () => {
  expect(provider.violations).toEqual([]);
});

auditAtTheEnd(() => [bff, sibling]);
