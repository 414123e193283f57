import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Control, type Emulator, startEmulator } from '../src/emulator.ts';
import { Browser } from './browser.ts';
import { WEICHEN, YATING } from './demo-users.ts';
import { FlarumClient, loggedIn } from './flarum-client.ts';

let emulator: Emulator;
let control: Control<'flarum'>;
let base: string;
beforeAll(async () => {
  emulator = await startEmulator();
  control = emulator.personas.flarum.control;
  base = emulator.personas.flarum.baseUrl;
});
afterAll(() => emulator.close());
beforeEach(() => control.reset());

test('the forum has discussions that somebody wrote', async () => {
  const page = await new Browser().open(`${base}/`);
  expect(page.heading).toBe('The Tea Room');
  expect(page.html).toContain('雅婷 started this 2 hours ago');
  const discussion = await new Browser().open(`${base}/d/1`);
  expect(discussion.heading).toContain('high mountain oolong');
  expect((await new Browser().open(`${base}/d/99`)).status).toBe(404);
});

describe('logging in', () => {
  test('leads to the forum, and shows who is there', async () => {
    const page = await (await new Browser().open(`${base}/login`)).submit('Log In', YATING);
    expect(page.url).toBe(`${base}/`);
    expect(page.html).toContain('href="/flarum/u/yating"');
    expect(page.html).not.toContain('Administration');
  });

  test.each([
    ['a wrong password', { ...YATING, password: 'wrong' }],
    ['nobody', { username: 'nobody', password: 'wrong' }],
  ])('with %s is 401 with the box again', async (_name, credentials) => {
    const page = await (await new Browser().open(`${base}/login`)).submit('Log In', credentials);
    expect(page.status).toBe(401);
    expect(page.html).toContain('Your login details are incorrect.');
  });

  test('is not for who is gone', async () => {
    const browser = await loggedIn(base);
    control.setUser('yating', { deleted: true });
    expect((await browser.open(`${base}/u/yating`)).status).toBe(404);
    expect((await browser.open(`${base}/u/yating/authorized`)).heading).toBe('Log In');
    const page = await (await new Browser().open(`${base}/login`)).submit('Log In', YATING);
    expect(page.status).toBe(401);
  });

  test('fills in a demo user', async () => {
    const page = await new Browser().open(`${base}/login?demo_user=yating`);
    expect(page.html).toContain('value="moonlight-oolong"');
  });

  test.each(['https://evil.example/', '//evil.example/', '/aihubmix/account'])(
    'never leads to %s',
    async (target) => {
      const url = `${base}/login?return_to=${encodeURIComponent(target)}`;
      const page = await (await new Browser().open(url)).submit('Log In', YATING);
      expect(page.url).toBe(`${base}/`);
    },
  );

  test('works in two tabs, and ends', async () => {
    const browser = new Browser();
    const [one, two] = [await browser.open(`${base}/login`), await browser.open(`${base}/login`)];
    await one.submit('Log In', YATING);
    const page = await two.submit('Log In', YATING);
    expect(page.html).toContain('href="/flarum/u/yating"');
    expect((await page.submit('Log Out')).html).not.toContain('href="/flarum/u/yating"');
  });
});

test('a member shows what is public, and the email address to nobody else', async () => {
  const browser = await loggedIn(base);
  expect((await browser.open(`${base}/u/yating`)).html).toContain('yating@example.com');
  const other = await browser.open(`${base}/u/weichen`);
  expect(other.heading).toBe('weichen');
  expect(other.html).not.toContain('weichen@example.com');
  expect((await browser.open(`${base}/u/nobody`)).status).toBe(404);
});

describe('the authorized logs', () => {
  const open = async (browser: Browser) => browser.open(`${base}/u/yating/authorized`);

  test('have a line for each time somebody agreed, and none for a no', async () => {
    const client = new FlarumClient(emulator, { name: 'Owl post', description: 'By night' });
    const browser = await loggedIn(base);
    expect((await open(browser)).html).toContain('No app was let in yet.');
    await (await client.consentPage({ browser })).submit('Deny');
    expect((await open(browser)).html).toContain('No app was let in yet.');
    await client.login({ browser });
    await client.login({ browser });
    expect((await open(browser)).html.match(/<h3>Owl post<\/h3>/g)).toHaveLength(2);
  });

  test('can be deleted, one line or all; what the app was given stays good', async () => {
    const client = new FlarumClient(emulator);
    const browser = new Browser();
    const { access_token } = await client.tokens({ browser });
    await client.login({ browser });
    await client.login({ browser });
    const one = await (await open(browser)).submit('Delete');
    expect(one.html.match(/<h3>/g)).toHaveLength(2);
    const all = await one.submit('Delete all');
    expect(all.html).toContain('No app was let in yet.');
    expect((await client.userBody(access_token)).username).toBe('yating');
  });

  test('are for their owner', async () => {
    expect((await open(new Browser())).heading).toBe('Log In');
    expect((await open(await loggedIn(base, WEICHEN))).status).toBe(404);
  });
});

test('every form but the consent form is refused without the token of this browser', async () => {
  const paths = ['/login', '/logout', '/u/weichen/authorized', '/admin', '/admin/clients'];
  for (const path of [...paths, '/admin/scopes', '/admin/tokens']) {
    const browser = path === '/login' ? new Browser() : await loggedIn(base, WEICHEN);
    const body = new URLSearchParams({ ...WEICHEN, csrf: 'guessed' });
    const page = await browser.open(base + path, { method: 'POST', body });
    expect([path, page.status, page.heading]).toEqual([path, 403, 'This form has expired']);
  }
});

test('every page runs no script, is not framed and not kept, and says what it is', async () => {
  const browser = await loggedIn(base, WEICHEN);
  const admin = ['/admin', '/admin/clients', '/admin/scopes', '/admin/tokens'];
  for (const path of ['/', '/d/1', '/u/weichen', '/u/weichen/authorized', '/nothing', ...admin]) {
    const { response, html } = await browser.open(base + path);
    expect([path, response.headers.get('content-security-policy')]).toEqual([
      path,
      "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    ]);
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(html).not.toMatch(/<script|style=|onclick/);
    expect(html).toContain('is not affiliated with either');
  }
});

test('every style sheet and picture of a page is there', async () => {
  const { html } = await new Browser().open(`${base}/`);
  const files = [...html.matchAll(/(?:href|src)="(\/flarum\/assets\/[^"]*)"/g)];
  expect(files.length).toBeGreaterThan(4);
  for (const [, path] of files) expect((await fetch(emulator.url + path)).status).toBe(200);
});

test.each([
  ['', 'en', 'Log In'],
  ['de', 'en', 'Log In'],
  ['zh-CN', 'zh-Hans', '登录'],
  ['zh-TW', 'zh-Hant', '登入'],
])('"%s" reads %s', async (accept, language, heading) => {
  const page = await new Browser({ 'Accept-Language': accept }).open(`${base}/login`);
  expect(page.html).toContain(`<html lang="${language}">`);
  expect(page.heading).toBe(heading);
});

test.each([
  '/oauth/authorize/',
  '/login/',
  '/admin/',
  '/Admin',
  '/oauth/revoke',
  '/oauth/introspect',
  '/.well-known/openid-configuration',
])('%s is a page that says 404', async (path) => {
  const page = await new Browser().open(base + path);
  expect([page.status, page.heading]).toEqual([404, 'The page you requested could not be found']);
});
