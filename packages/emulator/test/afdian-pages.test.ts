import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Emulator, startEmulator } from '../src/emulator.ts';
import { AfdianClient, signedInAtAfdian } from './afdian-client.ts';
import { Browser } from './browser.ts';
import { WEICHEN, YATING } from './demo-users.ts';

let emulator: Emulator;
let base: string;
beforeAll(async () => {
  emulator = await startEmulator();
  base = emulator.personas.afdian.baseUrl;
});
afterAll(() => emulator.close());
beforeEach(() => emulator.personas.afdian.control.reset());

describe('sign-in', () => {
  test('leads to the account, with the ids and without a list of apps', async () => {
    const page = await (await new Browser().open(`${base}/`)).submit('Sign in', YATING);
    expect(page.heading).toBe('Hello, 雅婷在写诗');
    expect(page.html.match(/<code>[0-9a-f]{32}<\/code>/g)).toHaveLength(2);
    expect(page.html).not.toMatch(/revoke|Authorised apps/i);
  });

  test.each([
    ['a wrong password', { ...YATING, password: 'wrong' }],
    ['nobody', { username: 'nobody', password: 'wrong' }],
  ])('with %s is 401 with the form again', async (_name, credentials) => {
    const page = await (await new Browser().open(`${base}/login`)).submit('Sign in', credentials);
    expect(page.status).toBe(401);
    expect(page.html).toContain('Wrong username or password.');
    expect((await page.submit('Sign in', YATING)).heading).toContain('Hello');
  });

  test('fills in a demo user', async () => {
    const page = await new Browser().open(`${base}/login?demo_user=weichen`);
    expect(page.html).toContain('value="harbour-bicycle"');
  });

  test.each(['https://evil.example/', '//evil.example/', '/aihubmix/account'])(
    'never leads to %s',
    async (target) => {
      const url = `${base}/login?return_to=${encodeURIComponent(target)}`;
      const page = await (await new Browser().open(url)).submit('Sign in', YATING);
      expect(page.url).toBe(`${base}/account`);
    },
  );

  test('works in two tabs, and ends with sign-out', async () => {
    const browser = new Browser();
    const [one, two] = [await browser.open(`${base}/login`), await browser.open(`${base}/login`)];
    await one.submit('Sign in', YATING);
    const page = await two.submit('Sign in', YATING);
    expect(page.heading).toContain('Hello');
    await page.submit('Sign out');
    expect((await browser.open(`${base}/account`)).heading).toBe('Sign in');
  });
});

describe('staff make clients', () => {
  const APP = { name: 'Night Library', trustedDomain: 'localhost' };

  test('and nobody else', async () => {
    const browser = await signedInAtAfdian(base);
    expect((await browser.open(`${base}/account`)).html).not.toContain('/staff/apps');
    expect((await browser.open(`${base}/staff/apps`)).status).toBe(403);
  });

  test('with a word as clientID and a random secret, shown once', async () => {
    const browser = await signedInAtAfdian(base, WEICHEN);
    const page = await browser.open(`${base}/staff/apps`);
    const created = await page.submit('Set up', { ...APP, name: 'Owl post' });
    expect(created.html).toContain('Owl post is set up');
    expect(created.html).toContain('<code>owl-post</code>');
    const secret = /<code class="secret">([0-9a-f]{64})</.exec(created.html)?.[1];
    expect(emulator.personas.afdian.control.issuedSecrets()).toContainEqual({
      kind: 'client_secret',
      value: secret,
    });
    expect((await browser.open(`${base}/staff/apps`)).html).not.toContain('class="secret"');
  });

  test('with a word and a secret of their own', async () => {
    const own = { ...APP, clientId: 'owl', clientSecret: 'a secret of their own' };
    const page = await (await signedInAtAfdian(base, WEICHEN)).open(`${base}/staff/apps`);
    const created = await page.submit('Set up', own);
    expect(created.html).toContain('<code>owl</code>');
    expect(created.html).toContain('<code class="secret">a secret of their own<');
    expect((await created.submit('Set up', own)).html).toContain('This clientID is taken.');
  });

  test.each([
    ['no name', { name: '' }],
    ['a domain with a path', { trustedDomain: 'localhost/cb' }],
    ['a domain with a scheme', { trustedDomain: 'http://localhost' }],
    ['no domain', { trustedDomain: '' }],
    ['a clientID that is no word', { clientId: 'Two Words' }],
    ['a short secret', { clientSecret: 'short' }],
    ['an icon that is no address', { icon: 'javascript:alert(1)' }],
  ])('but not with %s, and what was typed stays', async (_name, changes) => {
    const page = await (await signedInAtAfdian(base, WEICHEN)).open(`${base}/staff/apps`);
    const entered = { ...APP, clientId: 'typed-word', ...changes };
    const refused = await page.submit('Set up', entered);
    expect(refused.html).toContain('Check the name, clientID');
    expect(refused.html).toContain(`value="${entered.clientId}"`);
  });

  test('and reset a secret that has leaked', async () => {
    const client = new AfdianClient(emulator, 'Leaky');
    const page = await (await signedInAtAfdian(base, WEICHEN)).open(`${base}/staff/apps`);
    const after = await page.submit('Reset secret', { client_id: client.clientId });
    const secret = /<code class="secret">([0-9a-f]{64})</.exec(after.html)?.[1];
    const code = await client.code();
    expect(await client.ask(code)).toMatchObject({ ec: 400 });
    expect(await client.ask(code, { client_secret: secret })).toMatchObject({ ec: 200 });
  });
});

test('every form is refused without the token of this browser', async () => {
  for (const path of [
    '/login',
    '/logout',
    '/staff/apps',
    '/staff/apps/reset',
    '/oauth2/authorize',
  ]) {
    const browser = path === '/login' ? new Browser() : await signedInAtAfdian(base, WEICHEN);
    const body = new URLSearchParams({ ...WEICHEN, csrf: 'guessed' });
    const page = await browser.open(base + path, { method: 'POST', body });
    expect([path, page.status, page.heading]).toEqual([path, 403, 'This form has expired']);
  }
});

test('every page runs no script, is not framed and not kept, and says what it is', async () => {
  const browser = await signedInAtAfdian(base, WEICHEN);
  for (const path of ['/account', '/staff/apps', '/nothing', '/oauth2/authorize']) {
    const { response, html } = await browser.open(base + path);
    expect(response.headers.get('content-security-policy')).toBe(
      "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    );
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(html).not.toMatch(/<script|style=|onclick/);
    expect(html).toContain('plays Afdian and is not affiliated');
  }
});

test('every style sheet and picture of a page is there', async () => {
  const { html } = await new Browser().open(`${base}/login`);
  const files = [...html.matchAll(/(?:href|src)="(\/afdian\/assets\/[^"]*)"/g)];
  expect(files.length).toBeGreaterThan(3);
  for (const [, path] of files) expect((await fetch(emulator.url + path)).status).toBe(200);
});

describe('simplified Chinese is what it speaks to a browser that asks for nothing it has', () => {
  test.each([
    ['', 'zh-Hans', '登录'],
    ['*', 'zh-Hans', '登录'],
    ['de', 'zh-Hans', '登录'],
    ['zh-CN', 'zh-Hans', '登录'],
    ['zh-TW', 'zh-Hant', '登入'],
    ['en-GB', 'en', 'Sign in'],
  ])('"%s" reads %s', async (accept, language, heading) => {
    const page = await new Browser({ 'Accept-Language': accept }).open(`${base}/login`);
    expect(page.html).toContain(`<html lang="${language}">`);
    expect(page.heading).toBe(heading);
  });

  test('?lang= is remembered', async () => {
    const browser = new Browser();
    expect((await browser.open(`${base}/login?lang=zh-Hant`)).heading).toBe('登入');
    expect((await browser.open(`${base}/login`)).heading).toBe('登入');
  });
});

test('what is not there is a page for a browser, and the envelope for a program', async () => {
  expect((await new Browser().open(`${base}/nothing`)).heading).toBe('Page not found');
  const response = await fetch(`${base}/nothing`, { headers: { Accept: 'application/json' } });
  expect(await response.json()).toMatchObject({ ec: 404 });
});
