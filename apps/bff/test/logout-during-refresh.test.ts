import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { auditAtTheEnd } from './audit.ts';
import type { Browser } from './browser-jar.ts';
import { after, json } from './provider-answers.ts';
import { signIn } from './sign-in.ts';
import { bff, clock, provider, redis, runTwoProcesses, sibling } from './two-processes.ts';

runTwoProcesses();

const info = (browser: Browser, via = bff) => browser.call('GET', '/api/user/info', { via });

describe('S106 a logout during a refresh wins', () => {
  test.each(['the same process', 'another process'])('%s', async (where) => {
    const browser = await signIn(bff, provider);
    const others = new Set((await redis.keys()).filter((key) => key.includes('attempt')));
    const thief = browser.clone();
    clock.ahead(7000);
    const calls = provider.count('userinfo');
    provider.next('token', after(700));
    const waiting = [info(browser.clone()), info(browser.clone(), sibling)];
    await delay(250);
    const out = await browser.call('POST', '/auth/logout', {
      via: where === 'another process' ? sibling : bff,
    });
    expect(out.status).toBe(200);
    for (const answer of await Promise.all(waiting))
      expect([answer.status, answer.summary.includes('401')]).toEqual([401, true]);
    expect(provider.count('userinfo'), 'calls with the new token').toBe(calls);
    await delay(100);
    for (const via of [bff, sibling]) {
      expect((await info(thief, via)).status).toBe(401);
      expect((await thief.call('GET', '/auth/session', { via })).json).toEqual({
        authenticated: false,
      });
    }
    const newest = (await redis.dump()).filter(({ key }) => !others.has(key));
    expect(JSON.stringify(newest)).not.toContain('CANARY');
  });

  test('also over a call that is slow and gets 401', async () => {
    const browser = await signIn(bff, provider);
    const thief = browser.clone();
    provider.next('userinfo', after(500, json(401, {})));
    const waiting = info(browser.clone());
    await delay(150);
    await browser.call('POST', '/auth/logout', { via: sibling });
    expect((await waiting).status).toBe(401);
    expect((await info(thief)).status).toBe(401);
    expect((await thief.call('GET', '/auth/session')).json).toEqual({ authenticated: false });
  });

  test('in 24 interleavings, no session is alive afterwards', async () => {
    const browsers = await Promise.all(Array.from({ length: 24 }, () => signIn(bff, provider)));
    clock.ahead(7000);
    provider.always('token', after(40));
    const thieves = browsers.map((browser) => browser.clone());
    await Promise.all(
      browsers.map(async (browser, at) => {
        const calls = [info(browser.clone()), info(browser.clone(), sibling)];
        await delay(at * 4);
        await browser.call('POST', '/auth/logout', { via: at % 2 ? bff : sibling });
        await Promise.all(calls);
      }),
    );
    const alive = await Promise.all(thieves.map(async (thief) => (await info(thief)).status));
    expect(alive.filter((status) => status !== 401)).toEqual([]);
  });
});

test('S3 nothing of all this broke a rule of the provider', () => {
  expect(provider.violations).toEqual([]);
});

auditAtTheEnd(() => [bff, sibling]);
