import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Emulator, startEmulator } from '../src/emulator.ts';
import { Browser, type Shown } from './browser.ts';
import { DemoApp, type Tokens } from './demo-app.ts';
import { WEICHEN, YATING } from './demo-users.ts';

let emulator: Emulator;
let app: DemoApp;
beforeAll(async () => {
  emulator = await startEmulator();
  app = new DemoApp(emulator, '<b>Bold</b> app');
});
afterAll(() => emulator.close());
beforeEach(() => emulator.control.reset());

async function consentPage(scope = 'profile balance'): Promise<Shown> {
  const page = await new Browser().open(app.authorizeUrl({ scope }));
  return page.submit('Sign in', YATING);
}

test('the page names the app, escaped, and where the answer goes', async () => {
  const page = await consentPage();
  expect(page.heading).toBe('Allow <b>Bold</b> app to use your account?');
  expect(page.html).not.toContain('<b>Bold');
  expect(page.html).toContain('localhost:3000');
});

test('it lists what the app will see, scope by scope', async () => {
  expect((await consentPage('profile balance')).html).toMatch(/Your profile.*Your balance/s);
  expect((await consentPage('balance')).html).not.toContain('Your profile');
});

test('allow goes back with a code and the state', async () => {
  const away = await (await consentPage()).submit('Allow');
  expect(away.params.get('state')).toBe('the-state');
  expect((await app.redeem(away.params.get('code') ?? '')).status).toBe(200);
});

test('deny goes back with access_denied and the state, and no code', async () => {
  const away = await (await consentPage()).submit('Deny');
  expect(away.url).toBe(`${app.redirectUri}?error=access_denied&state=the-state`);
});

test('another account signs out and comes back to the same question', async () => {
  const signIn = await (await consentPage()).submit('Use another account');
  expect(signIn.heading).toBe('Sign in');
  const consent = await signIn.submit('Sign in', WEICHEN);
  expect(consent.html).toContain('Signed in as <strong>weichen</strong>');
});

test('no scope asked for means profile', async () => {
  const away = await (await consentPage('')).submit('Allow');
  const tokens = (await (await app.redeem(away.params.get('code') ?? '')).json()) as Tokens;
  expect(tokens.scope).toBe('profile');
});

test('a form that may lead to the app names its origin in the policy, and only that', async () => {
  const policy = (await consentPage()).response.headers.get('content-security-policy');
  expect(policy).toContain("form-action 'self' http://localhost:3000;");
});
