import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Emulator, startEmulator } from '../src/emulator.ts';
import { Browser } from './browser.ts';

let emulator: Emulator;
let open: Emulator;
beforeAll(async () => {
  emulator = await startEmulator();
  open = await startEmulator({ control: true });
});
afterAll(() => Promise.all([emulator.close(), open.close()]));

test('it names every persona with its address, and each way in leads to a page', async () => {
  const browser = new Browser();
  const page = await browser.open(emulator.url);
  expect(page.heading).toBe('The emulator');
  for (const [name, { baseUrl }] of Object.entries(emulator.personas)) {
    expect(page.html).toContain(`<code>${baseUrl}</code>`);
    expect(page.html).toContain(`href="/${name}/"`);
    const inside = await browser.open(`${baseUrl}/`);
    expect([name, inside.status]).toEqual([name, 200]);
    expect(inside.response.headers.get('content-type')).toContain('text/html');
  }
});

test('every picture and style sheet is there', async () => {
  const { html } = await new Browser().open(emulator.url);
  const files = [...html.matchAll(/(?:href|src)="(\/[^"]*\.(?:css|svg))"/g)];
  expect(files.length).toBeGreaterThan(Object.keys(emulator.personas).length);
  for (const [, path] of files) {
    expect([path, (await fetch(emulator.url + path)).status]).toEqual([path, 200]);
  }
});

test('it names the demo users', async () => {
  const { html } = await new Browser().open(emulator.url);
  for (const text of ['yating', 'moonlight-oolong', 'weichen', 'harbour-bicycle']) {
    expect(html).toContain(`<code>${text}</code>`);
  }
});

test('it says when the control API is off', async () => {
  expect((await new Browser().open(emulator.url)).html).toContain('The control API is off.');
  expect((await new Browser().open(open.url)).html).not.toContain('The control API is off.');
});

test('what it says of the control API works as it stands there', async () => {
  const { html } = await new Browser().open(open.url);
  const calls = [...html.matchAll(/curl (\S+) \\\s.*?-d '(.*?)'/gs)];
  expect(calls).toHaveLength(2);
  for (const [, url = '', escaped = ''] of calls) {
    const body = escaped.replaceAll('&quot;', '"');
    const headers = { 'Content-Type': 'application/json' };
    expect((await fetch(url, { method: 'POST', headers, body })).status).toBe(200);
  }
});

test.each([
  ['zh-TW', 'zh-Hant', '模擬器'],
  ['zh-CN', 'zh-Hans', '模拟器'],
  ['de', 'en', 'The emulator'],
])('%s reads %s', async (accept, language, heading) => {
  const page = await new Browser({ 'Accept-Language': accept }).open(emulator.url);
  expect(page.html).toContain(`<html lang="${language}">`);
  expect(page.heading).toBe(heading);
});

test('it runs no script and is not framed', async () => {
  const { response, html } = await new Browser().open(emulator.url);
  expect(response.headers.get('content-security-policy')).toBe(
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
  );
  expect(html).not.toMatch(/<script|style=/);
});

test('publicUrl is what addresses begin with', async () => {
  const inside = await startEmulator({ publicUrl: 'http://emulator.test:4000/' });
  expect(inside.url).toBe('http://emulator.test:4000');
  expect(inside.personas.oidc.baseUrl).toBe('http://emulator.test:4000/oidc');
  await inside.close();
});
