import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Emulator, startEmulator } from '../src/emulator.ts';
import { Browser } from './browser.ts';
import { signedIn, YATING } from './demo-users.ts';

let emulator: Emulator;
let base: string;
beforeAll(async () => {
  emulator = await startEmulator();
  base = emulator.personas.aihubmix.baseUrl;
});
afterAll(() => emulator.close());
beforeEach(() => emulator.control.reset());

test('sign-in leads to the account, with balance and usage', async () => {
  const page = await (await new Browser().open(`${base}/account`)).submit('Sign in', YATING);
  expect(page.heading).toBe('Hello, yating');
  expect(page.html).toContain('750.00');
  expect(page.html).toContain('250,000 of 1,000,000 units used');
});

test.each([
  ['a wrong password', { ...YATING, password: 'wrong' }],
  ['nobody', { username: 'nobody', password: 'wrong' }],
  ['nothing', { username: '', password: '' }],
])('%s is 401 with the form again', async (_name, credentials) => {
  const page = await (await new Browser().open(`${base}/sign-in`)).submit('Sign in', credentials);
  expect(page.status).toBe(401);
  expect(page.html).toContain('Wrong username or password.');
  expect((await page.submit('Sign in', YATING)).heading).toBe('Hello, yating');
});

test('sign-in lists the demo users, and fills one in', async () => {
  const page = await new Browser().open(`${base}/sign-in`);
  expect(page.html).toMatch(/yating.*moonlight-oolong.*weichen.*harbour-bicycle/s);
  const filled = await new Browser().open(`${base}/sign-in?demo_user=yating`);
  expect(filled.html).toContain('value="moonlight-oolong"');
});

test('sign-in gives a new cookie, HttpOnly, Lax and of this path', async () => {
  const browser = new Browser();
  const before = await browser.request(`${base}/sign-in`);
  const page = await browser.open(`${base}/sign-in`);
  const csrf = /name="csrf" value="([^"]*)"/.exec(page.html)?.[1] ?? '';
  const body = new URLSearchParams({ csrf, ...YATING });
  const after = await browser.request(`${base}/sign-in`, { method: 'POST', body });
  const [old, fresh] = [before, after].map((response) => response.headers.get('set-cookie'));
  expect(fresh).toMatch(/^demo_provider=[\w-]{32}; Path=\/aihubmix; HttpOnly; SameSite=Lax$/);
  expect(fresh).not.toBe(old);
});

test.each([
  'https://evil.example/',
  '//evil.example/',
  '/\\evil.example',
  '/aihubmix/..//evil.example',
  'javascript:alert(1)',
  '/elsewhere',
])('sign-in never leads to %s', async (target) => {
  const url = `${base}/sign-in?return_to=${encodeURIComponent(target)}`;
  const page = await (await new Browser().open(url)).submit('Sign in', YATING);
  expect(page.url).toBe(`${base}/account`);
});

test('sign-in in two tabs works in both', async () => {
  const browser = new Browser();
  const [one, two] = [await browser.open(`${base}/sign-in`), await browser.open(`${base}/sign-in`)];
  await one.submit('Sign in', YATING);
  expect((await two.submit('Sign in', YATING)).heading).toBe('Hello, yating');
});

test('a session ends with sign-out', async () => {
  const browser = await signedIn(base);
  await (await browser.open(`${base}/account`)).submit('Sign out');
  expect((await browser.open(`${base}/account`)).heading).toBe('Sign in');
});
