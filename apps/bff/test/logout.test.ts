import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { auditAtTheEnd } from './audit.ts';
import { type BffProcess, startBff, startSibling } from './bff-process.ts';
import { Browser } from './browser-jar.ts';
import { after, hang } from './provider-answers.ts';
import { signIn, walkToCallback } from './sign-in.ts';
import { StrictProvider } from './strict-provider.ts';
import { account } from './strict-tokens.ts';

let provider: StrictProvider;
let bff: BffProcess;
let sibling: BffProcess;

beforeAll(async () => {
  provider = await new StrictProvider().open();
  bff = await startBff({ provider, redisUrl: inject('redisUrl') });
  sibling = await startSibling(bff, provider);
}, 30_000);

afterAll(async () => {
  await Promise.all([bff.stop(), sibling.stop()]);
  await provider.close();
});

describe('POST /auth/logout', () => {
  test('S112 S115 ends the session everywhere before it answers, and clears what the browser keeps', async () => {
    const browser = await signIn(bff, provider);
    const thief = browser.clone();
    const calls = provider.calls.length;
    const answer = await browser.call('POST', '/auth/logout');
    expect([answer.status, answer.json]).toEqual([200, { logout_url: null }]);
    expect(answer.headers['clear-site-data']).toContain('"cache"');
    expect(answer.headers['clear-site-data']).toContain('"storage"');
    expect(browser.sessionCookie).toBeUndefined();
    const [cookie] = answer.cookies.filter(({ name }) => name === 'cloakroom');
    expect(cookie?.attributes).toMatchObject({ path: '/', httponly: '', samesite: 'Strict' });
    expect(provider.calls.length, 'AIHubMix has nothing to revoke at').toBe(calls);
    for (const via of [sibling, bff]) {
      const info = await thief.call('GET', '/api/user/info', { via });
      expect([info.status, info.error]).toEqual([401, 'not_authenticated']);
      expect((await thief.call('GET', '/auth/session', { via })).json).toEqual({
        authenticated: false,
      });
    }
  });

  test('S114 is 200 for a stranger, twice, and with a garbage cookie', async () => {
    const browser = await signIn(bff, provider);
    for (const who of [browser, browser, new Browser(bff)])
      expect((await who.call('POST', '/auth/logout')).json).toEqual({ logout_url: null });
    const headers = { cookie: 'cloakroom=garbage' };
    const answer = await new Browser(bff).call('POST', '/auth/logout', { headers });
    expect([answer.status, answer.json]).toEqual([200, { logout_url: null }]);
  });

  test.each(['GET', 'HEAD', 'PUT', 'DELETE', 'OPTIONS'])(
    'S70 %s leaves the session alone',
    async (method) => {
      const browser = await signIn(bff, provider);
      for (const path of ['/auth/logout', '/auth/logout/all', '/auth/logout?_method=POST']) {
        const headers = { 'x-csrf': '1', 'x-http-method-override': 'POST' };
        const answer = await browser.call(method, path, { headers });
        expect([404, 405]).toContain(answer.status);
      }
      expect((await browser.call('GET', '/auth/session')).json.authenticated).toBe(true);
    },
  );

  test('S70 a navigation or an image does nothing', async () => {
    const browser = await signIn(bff, provider);
    await browser.open('/auth/logout', { from: 'same-origin' });
    await browser.send('GET', '/auth/logout', {
      headers: {
        'sec-fetch-dest': 'image',
        'sec-fetch-mode': 'no-cors',
        'sec-fetch-site': 'same-origin',
      },
    });
    expect((await browser.call('GET', '/auth/session')).json.authenticated).toBe(true);
  });

  test('S85 takes no target from the caller', async () => {
    const browser = await signIn(bff, provider);
    const headers = { 'content-type': 'application/json' };
    const body = JSON.stringify({
      redirect_uri: 'https://evil.example',
      logout_url: 'https://evil.example',
    });
    const answer = await browser.call(
      'POST',
      '/auth/logout?returnUrl=//evil.example&return_to=//evil.example',
      { headers, body },
    );
    expect(answer.status).toBe(200);
    expect(JSON.stringify([answer.headers, answer.body])).not.toContain('evil');
  });

  test('a provider that does not answer does not hold it up', async () => {
    const browser = await signIn(bff, provider);
    provider.always('token', hang);
    provider.always('other', hang);
    const begun = performance.now();
    expect((await browser.call('POST', '/auth/logout')).status).toBe(200);
    expect(performance.now() - begun).toBeLessThan(3000);
    provider.behave();
  });

  test('S106 a slow call that began before brings nothing back', async () => {
    const browser = await signIn(bff, provider);
    const thief = browser.clone();
    provider.next('userinfo', after(500));
    const slow = browser.clone().call('GET', '/api/user/info');
    await delay(150);
    await browser.call('POST', '/auth/logout', { via: sibling });
    await slow;
    expect((await thief.call('GET', '/api/user/info')).status).toBe(401);
  });

  test('does not undo a login of another tab that is under way', async () => {
    const browser = await signIn(bff, provider);
    const path = await walkToCallback(browser, provider, { query: '?return_to=/again' });
    await browser.call('POST', '/auth/logout');
    expect((await browser.open(path, { from: 'cross-site' })).location).toMatch(
      /^\/again\?login=success$|^\/\?error=invalid_state$/,
    );
  });
});

describe('POST /auth/logout/all', () => {
  test('ends every session of this user, and of nobody else', async () => {
    const [user, other] = [account(661, 'all'), account(662, 'other')];
    const own = [
      await signIn(bff, provider, { account: user }),
      await signIn(bff, provider, { account: user, via: sibling }),
      await signIn(bff, provider, { account: user }),
    ];
    const stranger = await signIn(bff, provider, { account: other });
    const thieves = own.map((browser) => browser.clone());
    const answer = await own[0]?.call('POST', '/auth/logout/all');
    expect([answer?.status, answer?.json]).toEqual([200, { logout_url: null }]);
    expect(own[0]?.sessionCookie).toBeUndefined();
    for (const thief of thieves)
      for (const via of [bff, sibling])
        expect((await thief.call('GET', '/api/user/info', { via })).status).toBe(401);
    expect((await stranger.call('GET', '/api/user/info')).status).toBe(200);
    const again = await signIn(bff, provider, { account: user });
    expect((await again.call('GET', '/auth/sessions')).json).toHaveLength(1);
  });

  test('is 200 for a stranger', async () => {
    const answer = await new Browser(bff).call('POST', '/auth/logout/all');
    expect([answer.status, answer.json]).toEqual([200, { logout_url: null }]);
  });
});

auditAtTheEnd(() => [bff, sibling]);
