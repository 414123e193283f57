import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type LocalRedis, startLocalRedis } from '../../../scripts/local-redis.ts';
import { auditAtTheEnd } from './audit.ts';
import { type BffProcess, startBff } from './bff-process.ts';
import { Browser } from './browser-jar.ts';
import { comeBack, walkToCallback } from './sign-in.ts';
import { StrictProvider } from './strict-provider.ts';

let provider: StrictProvider;
let bff: BffProcess;
let redis: LocalRedis;

beforeAll(async () => {
  provider = await new StrictProvider().open();
  redis = await startLocalRedis();
  bff = await startBff({ provider, redisUrl: redis.url });
}, 30_000);

afterAll(async () => {
  await bff.stop();
  await Promise.all([provider.close(), redis.stop()]);
});

describe('the cookie of an attempt', () => {
  test('S53 S54 S55 is its own, encrypted, Lax and short-lived', async () => {
    const browser = new Browser(bff);
    const answer = await browser.open('/auth/oauth/start?return_to=/a-secret-place');
    expect(answer.cookies).toHaveLength(1);
    const [cookie] = answer.cookies;
    expect(cookie?.name).toMatch(/^cloakroom-login/);
    expect(cookie?.attributes).toMatchObject({ path: '/', httponly: '', samesite: 'Lax' });
    expect(Number(cookie?.attributes['max-age'])).toBeGreaterThan(0);
    expect(Number(cookie?.attributes['max-age'])).toBeLessThanOrEqual(600);
    const state = new URL(answer.location).searchParams.get('state') ?? '';
    const { raw = '', value = '' } = cookie ?? {};
    const decoded = [
      raw,
      ...value.split('.').map((part) => Buffer.from(part, 'base64url').toString('latin1')),
    ].join(' ');
    expect(decoded).not.toContain('a-secret-place');
    expect(decoded).not.toContain(state);
    expect(browser.sessionCookie).toBeUndefined();
  });

  test('S16 there are at most 8 in a browser, and the oldest goes', async () => {
    const browser = new Browser(bff);
    const paths: string[] = [];
    for (let tab = 0; tab < 40; tab += 1) {
      paths.push(await walkToCallback(browser, provider, { query: `?return_to=/tab${tab}` }));
      await delay(2); // so that none is as old as another
    }
    expect(browser.attemptCookies.length).toBeLessThanOrEqual(8);
    const header = browser.attemptCookies.map(({ name, value }) => `${name}=${value}`).join('; ');
    expect(header.length).toBeLessThan(8192);
    const oldest = await comeBack(browser, paths[0] ?? '');
    expect(oldest.error).toBe('invalid_state');
    expect((await browser.call('GET', '/auth/session')).status).toBe(200);
    for (const tab of [32, 36, 39]) {
      const back = await comeBack(browser, paths[tab] ?? '');
      expect(back.location).toBe(`/tab${tab}?login=success`);
    }
    expect(browser.attemptCookies.length).toBe(5);
  });

  test('S16 eight tabs at once, answered in any order, still are at most 8 for the BFF', async () => {
    const browser = new Browser(bff);
    for (let round = 0; round < 3; round += 1)
      await Promise.all(Array.from({ length: 8 }, () => browser.open('/auth/oauth/start')));
    await browser.open('/auth/oauth/start');
    expect(browser.attemptCookies.length).toBeLessThanOrEqual(8);
  });
});

describe('S16 the cookies of attempts fit into a browser and into a request', () => {
  test.each([
    ['ASCII', `/${'a'.repeat(1023)}`],
    ['Chinese', `/${'\u4e2d'.repeat(1023)}`],
    ['some Chinese', `/${'\u4e2d'.repeat(300)}`],
    ['signs that are escaped', `/?${"'".repeat(1022)}`],
  ])('a return_to of %s', async (_name, returnTo) => {
    const browser = new Browser(bff);
    const query = `?return_to=${encodeURIComponent(returnTo)}`;
    const path = await walkToCallback(browser, provider, { query });
    const [cookie] = browser.attemptCookies;
    const size = `${cookie?.name}${cookie?.value}`.length;
    expect(size, 'what browsers keep at most (RFC 6265bis section 5.6)').toBeLessThanOrEqual(4096);
    expect((await comeBack(browser, path)).location).toMatch(/[?&]login=success/);
  });

  test('eight with the longest return_to are no 431', async () => {
    const browser = new Browser(bff);
    for (let tab = 0; tab < 8; tab += 1) {
      await walkToCallback(browser, provider, { query: `?return_to=/${'a'.repeat(1023)}` });
      await delay(2);
    }
    const headers = {
      'user-agent': 'x'.repeat(300),
      'accept-language': 'x'.repeat(300),
      referer: 'x'.repeat(1200),
      'x-forwarded-for': 'x'.repeat(200),
    };
    const cookies = browser.attemptCookies.map(({ name, value }) => `${name}=${value}`).join('; ');
    const answer = await browser.call('GET', '/auth/session', { headers });
    expect([answer.status, cookies.length < 8192], `${cookies.length} bytes of cookies`).toEqual([
      200,
      true,
    ]);
  });
});

auditAtTheEnd(() => [bff]);
