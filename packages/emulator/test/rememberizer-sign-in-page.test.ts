import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Emulator, startEmulator } from '../src/emulator.ts';
import { Browser } from './browser.ts';
import { YATING } from './rememberizer-app.ts';

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

describe('sign-in', () => {
  test('it leads to what this user keeps', async () => {
    const page = await (await new Browser().open(base)).submit('Sign in', YATING);
    expect(page.heading).toBe('The drawer of Lin Yating');
    expect(page.html).toMatch(/Kyoto in spring.*3 documents/s);
  });

  test.each([
    ['a wrong password', { ...YATING, password: 'wrong' }],
    ['nobody', { ...YATING, login: 'nobody' }],
  ])('%s is 401 with the form again', async (_name, credentials) => {
    const page = await (await new Browser().open(`${base}/sign-in`)).submit('Sign in', credentials);
    expect(page.status).toBe(401);
    expect(page.html).toContain('Wrong email, username or password.');
    expect((await page.submit('Sign in', YATING)).heading).toBe('The drawer of Lin Yating');
  });

  test('the question has one right answer; any other, and none, is 400', async () => {
    const page = await new Browser().open(`${base}/sign-in`);
    const answers = [...page.html.matchAll(/name="captcha" value="([^"]*)"/g)].map(
      ([, value]) => value,
    );
    expect(answers.filter((value) => value !== 'fail')).toStrictEqual(['bicycle']);
    expect(answers).toHaveLength(4);
    for (const captcha of ['fail', '']) {
      const again = await page.submit('Sign in', { ...YATING, captcha });
      expect(again.status).toBe(400);
      expect(again.html).toContain('Answer the question about tea once more.');
      expect(again.html).toContain('value="yating"');
    }
  });

  test('it lists the demo users, and fills one in; who signed up is nobody to list', async () => {
    await fetch(`${base}/api/v1/auth/signup/`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({
        email: 'a@b.example',
        password: 'secret-tea',
        name: 'A',
        captcha: 'x',
      }),
    });
    const page = await new Browser().open(`${base}/sign-in`);
    expect(page.html).toMatch(/yating.*moonlight-oolong.*weichen.*harbour-bicycle/s);
    expect(page.html).not.toContain('secret-tea');
    const filled = await new Browser().open(`${base}/sign-in?demo_user=yating`);
    expect(filled.html).toContain('value="moonlight-oolong"');
    const hidden = await new Browser().open(`${base}/sign-in?demo_user=a`);
    expect(hidden.html).not.toContain('secret-tea');
  });

  test('its cookie is HttpOnly, Lax and of this path', async () => {
    const browser = new Browser();
    const page = await browser.open(`${base}/sign-in`);
    const csrf = /name="csrf" value="([^"]*)"/.exec(page.html)?.[1] ?? '';
    const body = new URLSearchParams({ csrf, ...YATING });
    const after = await browser.request(`${base}/sign-in`, { method: 'POST', body });
    expect(after.headers.get('set-cookie')).toMatch(
      /^demo_provider=[\w-]{32}; Path=\/rememberizer; HttpOnly; SameSite=Lax$/,
    );
  });

  test.each([
    'https://evil.example/',
    '//evil.example/',
    '/aihubmix/account',
    'javascript:alert(1)',
  ])('it never leads to %s', async (target) => {
    const url = `${base}/sign-in?return_to=${encodeURIComponent(target)}`;
    const page = await (await new Browser().open(url)).submit('Sign in', YATING);
    expect(page.url).toBe(`${base}/knowledge`);
  });

  test('in two tabs it works in both, and ends with sign-out', async () => {
    const browser = new Browser();
    const [one, two] = [
      await browser.open(`${base}/sign-in`),
      await browser.open(`${base}/sign-in`),
    ];
    await one.submit('Sign in', YATING);
    const page = await two.submit('Sign in', YATING);
    expect(page.heading).toBe('The drawer of Lin Yating');
    await page.submit('Sign out');
    expect((await browser.open(`${base}/knowledge`)).heading).toBe('Sign in');
  });
});
