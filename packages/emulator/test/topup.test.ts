import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Emulator, startEmulator } from '../src/emulator.ts';
import { Browser } from './browser.ts';
import { DemoApp } from './demo-app.ts';

let emulator: Emulator;
let app: DemoApp;
let now = Date.now();
beforeAll(async () => {
  emulator = await startEmulator({ now: () => now });
  app = new DemoApp(emulator);
});
afterAll(() => emulator.close());
beforeEach(() => emulator.control.reset());

async function topupUrl(accessToken: string): Promise<string> {
  const response = await app.get('topup', accessToken);
  expect(response.status).toBe(200);
  const body = (await response.json()) as { topup_url: string };
  expect(Object.keys(body)).toStrictEqual(['topup_url']);
  return body.topup_url;
}

async function balance(accessToken: string): Promise<string> {
  const user = await (await app.get('userinfo', accessToken)).json();
  return (user as { balance_formatted: string }).balance_formatted;
}

test('paying at the page of the link changes the balance', async () => {
  const { access_token } = await app.tokens();
  const url = await topupUrl(access_token);
  expect(url).toMatch(new RegExp(`^${app.base}/console/topup\\?ticket=[\\w-]{20,}$`));
  const page = await new Browser().open(url);
  const receipt = await page.submit('Pay with demo card', { amount: '100' });
  expect(receipt.heading).toBe('Payment received');
  expect(receipt.html).toContain('850.00');
  expect(await balance(access_token)).toBe('850.00');
});

test('a ticket pays once: the same form again shows the receipt', async () => {
  const { access_token } = await app.tokens();
  const page = await new Browser().open(await topupUrl(access_token));
  await page.submit('Pay with demo card', { amount: '100' });
  const again = await page.submit('Pay with demo card', { amount: '100' });
  expect(again.heading).toBe('Payment received');
  expect(await balance(access_token)).toBe('850.00');
});

test.each(['7', '-50', '1e3', ''])('an amount of "%s" is not for sale', async (amount) => {
  const { access_token } = await app.tokens();
  const page = await new Browser().open(await topupUrl(access_token));
  const still = await page.submit('Pay with demo card', { amount });
  expect(still.heading).toBe('Top up');
  expect(await balance(access_token)).toBe('750.00');
});

test('a ticket ends after ten minutes', async () => {
  const { access_token } = await app.tokens();
  const url = await topupUrl(access_token);
  now += 600_000;
  const page = await new Browser().open(url);
  expect(page.status).toBe(410);
  expect(page.heading).toBe('This top-up link is no longer valid');
});

test('somebody who is signed in tops up without an app', async () => {
  const browser = new Browser();
  const { access_token } = await app.tokens({ browser });
  const page = await browser.open(`${app.base}/console/topup`);
  const receipt = await page.submit('Pay with demo card', { amount: '10' });
  expect(receipt.html).toContain('Back to account');
  expect(await balance(access_token)).toBe('760.00');
});

test('somebody who is not signs in first', async () => {
  expect((await new Browser().open(`${app.base}/console/topup`)).heading).toBe('Sign in');
});
