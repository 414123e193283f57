import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Emulator, startEmulator } from '../src/emulator.ts';
import { Browser } from './browser.ts';
import { signedIn, WEICHEN } from './demo-users.ts';

let emulator: Emulator;
let base: string;
beforeAll(async () => {
  emulator = await startEmulator();
  base = emulator.personas.aihubmix.baseUrl;
});
afterAll(() => emulator.close());
beforeEach(() => emulator.control.reset());

describe('every form is refused without the token of this browser', () => {
  async function csrfOf(browser: Browser, path: string): Promise<string> {
    const { html } = await browser.open(base + path);
    return /name="csrf" value="([^"]*)"/.exec(html)?.[1] ?? '';
  }

  test.each([
    ['/sign-in', new Browser()],
    ['/sign-out', undefined],
    ['/account/apps', undefined],
    ['/console/apps', undefined],
    ['/console/topup', undefined],
    ['/api/oauth2/authorize', undefined],
  ])('%s', async (path, visitor) => {
    const browser = visitor ?? (await signedIn(base, WEICHEN));
    await csrfOf(browser, '/account');
    for (const csrf of ['', await csrfOf(new Browser(), '/sign-in')]) {
      const body = new URLSearchParams({ ...WEICHEN, csrf });
      const page = await browser.open(base + path, { method: 'POST', body });
      expect(page.status).toBe(403);
      expect(page.heading).toBe('This form has expired');
    }
  });
});

test('every page runs no script, is not framed and not kept', async () => {
  const browser = await signedIn(base, WEICHEN);
  for (const path of ['/account', '/account/apps', '/console/apps', '/console/topup', '/nothing']) {
    const { response, html } = await browser.open(base + path);
    expect(response.headers.get('content-security-policy')).toBe(
      "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    );
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(html).not.toMatch(/<script|style=|onclick/);
    expect(html).toContain('plays AIHubMix');
  }
});

test('the navigation says where one is, whatever the query', async () => {
  const browser = await signedIn(base, WEICHEN);
  for (const path of ['/account', '/account/apps', '/console/apps']) {
    const { html } = await browser.open(`${base}${path}?lang=en`);
    const here = [...html.matchAll(/<a href="([^"]*)" aria-current="page"/g)];
    expect(here.map(([, href]) => href)).toEqual([new URL(base + path).pathname]);
  }
});

test('every style sheet and picture of a page is there', async () => {
  const { html } = await new Browser().open(`${base}/sign-in`);
  const files = [...html.matchAll(/(?:href|src)="(\/aihubmix\/assets\/[^"]*)"/g)];
  expect(files.length).toBeGreaterThan(4);
  for (const [, path] of files) expect((await fetch(emulator.url + path)).status).toBe(200);
});

describe('languages', () => {
  test.each([
    ['zh-TW,zh;q=0.9,en;q=0.8', 'zh-Hant', '登入'],
    ['zh-HK', 'zh-Hant', '登入'],
    ['zh-Hant', 'zh-Hant', '登入'],
    ['zh-CN,zh;q=0.9', 'zh-Hans', '登录'],
    ['zh', 'zh-Hans', '登录'],
    ['zh-Hans-SG', 'zh-Hans', '登录'],
    ['en-GB', 'en', 'Sign in'],
    ['de,zh-TW;q=0.5', 'zh-Hant', '登入'],
    ['de', 'en', 'Sign in'],
  ])('%s reads %s', async (accept, language, heading) => {
    const page = await new Browser({ 'Accept-Language': accept }).open(`${base}/sign-in`);
    expect(page.html).toContain(`<html lang="${language}">`);
    expect(page.heading).toBe(heading);
  });

  test('?lang= is remembered, and something else in it is not', async () => {
    const browser = new Browser();
    expect((await browser.open(`${base}/sign-in?lang=zh-Hant`)).heading).toBe('登入');
    expect((await browser.open(`${base}/sign-in`)).heading).toBe('登入');
    expect((await browser.open(`${base}/sign-in?lang=constructor`)).heading).toBe('登入');
  });
});
