import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import { auditAtTheEnd } from './audit.ts';
import { type BffProcess, startBff } from './bff-process.ts';
import { Browser } from './browser-jar.ts';
import { type Clock, makeClock } from './clock.ts';
import { type RedisView, viewRedis } from './redis-keys.ts';
import { comeBack, signIn, walkToCallback } from './sign-in.ts';
import { StrictProvider } from './strict-provider.ts';

let provider: StrictProvider;
let bff: BffProcess;
let redis: RedisView;
let clock: Clock;
let member: Browser;

beforeAll(async () => {
  provider = await new StrictProvider().open();
  clock = makeClock();
  bff = await startBff({ provider, redisUrl: inject('redisUrl'), env: clock.env });
  redis = await viewRedis(inject('redisUrl'), bff.prefix);
  member = await signIn(bff, provider);
}, 30_000);

beforeEach(() => clock.ahead(0));

afterAll(async () => {
  await bff.stop();
  redis.close();
  clock.remove();
  await provider.close();
});

describe('S13 nothing equals nothing', () => {
  const queries = [
    '?code=x',
    '?code=x&state=',
    '?code=x&state=undefined',
    '?code=x&state=null',
    '?code=x&state=&state=',
  ];
  test.each(queries)(
    '%s, for a stranger, with garbage for cookies, and for somebody who is signed in',
    async (query) => {
      const cookies = [
        'cloakroom-login=',
        'cloakroom-login-=x',
        'cloakroom-login-undefined=undefined',
        'cloakroom=undefined',
      ];
      for (const cookie of cookies) {
        const headers = { cookie };
        const answer = await new Browser(bff).open(`/oauth/callback${query}`, { headers });
        expect(answer.location, cookie).toBe('/?error=invalid_state');
      }
      expect((await new Browser(bff).open(`/oauth/callback${query}`)).location).toBe(
        '/?error=invalid_state',
      );
      expect((await member.open(`/oauth/callback${query}`)).location).toBe('/?error=invalid_state');
    },
  );
});

describe('an attempt belongs to one browser and ends', () => {
  test('S12 a state of another browser signs nobody in', async () => {
    const [alice, mallory] = [new Browser(bff), new Browser(bff)];
    const path = await walkToCallback(alice, provider);
    await walkToCallback(mallory, provider);
    const before = provider.count('token');
    for (const browser of [mallory, new Browser(bff)]) {
      expect((await comeBack(browser, path)).location).toBe('/?error=invalid_state');
      expect((await browser.call('GET', '/api/user/info')).status).toBe(401);
    }
    expect(provider.count('token')).toBe(before);
    expect((await comeBack(alice, path)).location).toBe('/?login=success');
  });

  test('S55 the cookie of an attempt is no session, and the session cookie no attempt', async () => {
    const browser = new Browser(bff);
    const path = await walkToCallback(browser, provider);
    const state = new URL(path, bff.origin).searchParams.get('state') ?? '';
    const [attempt] = browser.attemptCookies;
    for (const value of [state, attempt?.value]) {
      const headers = { cookie: `cloakroom=${value}` };
      expect((await browser.call('GET', '/api/user/info', { headers })).status).toBe(401);
      expect((await browser.open(path, { headers })).location).toBe('/?error=invalid_state');
    }
    expect((await browser.call('GET', '/api/user/info')).status).toBe(401);
    const id = member.sessionCookie?.value ?? '';
    const answer = await member.open(`/oauth/callback?code=x&state=${id}`);
    expect(answer.location).toBe('/?error=invalid_state');
  });

  test('a tampered attempt is none', async () => {
    const browser = new Browser(bff);
    const path = await walkToCallback(browser, provider);
    const { name = '', value = '' } = browser.attemptCookies[0] ?? {};
    for (const at of [0, 5, Math.floor(value.length / 2), value.length - 2]) {
      const other = value[at] === 'A' ? 'B' : 'A';
      const cookie = `${name}=${value.slice(0, at)}${other}${value.slice(at + 1)}`;
      expect((await browser.open(path, { headers: { cookie } })).location).toBe(
        '/?error=invalid_state',
      );
    }
    expect((await comeBack(browser, path)).location).toBe('/?login=success');
  });

  test('S17 after ten minutes it has ended, whatever the cookie says', async () => {
    const browser = new Browser(bff);
    const late = await walkToCallback(browser, provider);
    const inTime = await walkToCallback(browser, provider);
    clock.ahead(590);
    expect((await comeBack(browser, inTime)).location).toBe('/?login=success');
    clock.ahead(601);
    const before = provider.count('token');
    expect((await comeBack(browser, late)).location).toBe('/?error=invalid_state');
    expect(provider.count('token')).toBe(before);
  });

  test('its cookie goes with the callback, whether that succeeds or not', async () => {
    const browser = new Browser(bff);
    await comeBack(browser, await walkToCallback(browser, provider));
    expect(browser.attemptCookies).toEqual([]);
    const path = await walkToCallback(browser, provider, { error: 'access_denied' });
    expect((await comeBack(browser, path)).location).toBe('/?error=access_denied');
    expect(browser.attemptCookies).toEqual([]);
    expect((await comeBack(browser, path)).location).toBe('/?error=invalid_state');
  });
});

describe('S35 only a navigation redeems a code', () => {
  const asNavigation = { 'sec-fetch-mode': 'navigate', 'sec-fetch-site': 'cross-site' };

  test.each([
    ['HEAD', {}],
    ['POST', {}],
    ['PUT', {}],
    ['DELETE', {}],
    ['OPTIONS', {}],
    ['GET', { 'sec-purpose': 'prefetch' }],
    ['GET', { 'sec-purpose': 'prefetch;prerender' }],
    ['GET', { ...asNavigation, 'sec-fetch-dest': 'iframe' }],
    ['GET', { ...asNavigation, 'sec-fetch-dest': 'document', 'sec-purpose': 'prefetch' }],
    ['GET', { 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'image' }],
  ])('%s %j leaves the attempt usable', async (method, headers) => {
    const browser = new Browser(bff);
    const path = await walkToCallback(browser, provider);
    const before = provider.count('token');
    const answer = await browser.send(method, path, { headers });
    expect(provider.count('token')).toBe(before);
    expect(answer.cookies).toEqual([]);
    if (method === 'GET')
      expect([answer.status, answer.error]).toEqual([400, 'navigation_required']);
    else if (method !== 'HEAD') expect([404, 405]).toContain(answer.status);
    if (answer.status === 405) expect(answer.headers.allow).toMatch(/\bGET\b/);
    expect((await comeBack(browser, path)).location).toBe('/?login=success');
  });

  test('a browser without Fetch Metadata can sign in', async () => {
    const browser = new Browser(bff);
    const path = await walkToCallback(browser, provider);
    expect((await browser.send('GET', path)).location).toBe('/?login=success');
  });
});

auditAtTheEnd(() => [bff]);
