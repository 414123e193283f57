import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Emulator, startEmulator } from '../src/emulator.ts';
import { Browser } from './browser.ts';
import { signedIn, WEICHEN } from './rememberizer-app.ts';

let emulator: Emulator;
let control: Emulator['personas']['rememberizer']['control'];
let base: string;
beforeAll(async () => {
  emulator = await startEmulator();
  control = emulator.personas.rememberizer.control;
  base = emulator.personas.rememberizer.baseUrl;
});
afterAll(() => emulator.close());
beforeEach(() => control.reset());

describe('every form is refused without the token of this browser', () => {
  test.each([
    '/sign-in',
    '/sign-out',
    '/connected-apps',
    '/developer',
    '/api/v1/auth/oauth2/authorize/',
  ])('%s', async (path) => {
    const browser = path === '/sign-in' ? new Browser() : await signedIn(base, WEICHEN);
    const other = await new Browser().open(`${base}/sign-in`);
    const foreign = /name="csrf" value="([^"]*)"/.exec(other.html)?.[1] ?? '';
    await browser.open(`${base}/knowledge`);
    for (const csrf of ['', foreign]) {
      const body = new URLSearchParams({ ...WEICHEN, csrf });
      const page = await browser.open(base + path, { method: 'POST', body });
      expect(page.status).toBe(403);
      expect(page.heading).toBe('This form has expired');
    }
  });
});

test('every page runs no script, is not framed and not kept, and says that it is a demo', async () => {
  const browser = await signedIn(base, WEICHEN);
  for (const path of ['/knowledge', '/connected-apps', '/developer', '/mailbox', '/nothing']) {
    const { response, html } = await browser.open(base + path);
    expect(response.headers.get('content-security-policy')).toBe(
      "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    );
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(html).not.toMatch(/<script|style=|onclick/);
    expect(html).toContain('plays Rememberizer');
  }
});

test('every style sheet and picture of a page is there', async () => {
  const { html } = await new Browser().open(`${base}/sign-in`);
  const files = [...html.matchAll(/(?:href|src)="(\/rememberizer\/assets\/[^"]*)"/g)];
  expect(files.length).toBeGreaterThan(4);
  for (const [, path] of files) expect((await fetch(emulator.url + path)).status).toBe(200);
});

test.each([
  ['zh-TW,zh;q=0.9,en;q=0.8', 'zh-Hant', '登入'],
  ['zh-CN,zh;q=0.9', 'zh-Hans', '登录'],
  ['de', 'en', 'Sign in'],
])('%s reads %s', async (accept, language, heading) => {
  const page = await new Browser({ 'Accept-Language': accept }).open(`${base}/sign-in`);
  expect(page.html).toContain(`<html lang="${language}">`);
  expect(page.heading).toBe(heading);
});

test('the knowledge page searches', async () => {
  const browser = await signedIn(base);
  const page = await browser.open(`${base}/knowledge?q=oolong+brew`);
  expect(page.html).toContain('Brew six grams in a pot');
  const nothing = await browser.open(`${base}/knowledge?q=%3Cem%3Ezeppelin`);
  expect(nothing.html).toContain('Nothing here sounds like that.');
  expect(nothing.html).not.toContain('<em>zeppelin');
});

test('the mailbox shows the code of a sign-up, to whoever has no other mailbox', async () => {
  const empty = await new Browser().open(`${base}/mailbox`);
  expect(empty.html).toContain('No mail yet.');
  await fetch(`${base}/api/v1/auth/signup/`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({
      email: 'a@b.example',
      password: 'secret-tea',
      name: '<i>A</i>',
      captcha: 'x',
    }),
  });
  const { html } = await new Browser().open(`${base}/mailbox`);
  expect(html).toContain(`<p class="code">${control.verificationCode('a@b.example')}</p>`);
  expect(html).toContain('Hello &lt;i&gt;A&lt;/i&gt;,');
});
