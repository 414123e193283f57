import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Control, type Emulator, startEmulator } from '../src/emulator.ts';
import { Browser } from './browser.ts';
import { FlarumClient, loggedIn } from './flarum-client.ts';

let emulator: Emulator;
let control: Control<'flarum'>;
let client: FlarumClient;
beforeAll(async () => {
  emulator = await startEmulator();
  control = emulator.personas.flarum.control;
  client = new FlarumClient(emulator);
});
afterAll(() => emulator.close());
beforeEach(() => {
  control.reset();
  control.setPluginSettings({ authorizationMethodFetch: true });
});

/** Do what the script of the consent page does. */
async function answer(changes: Record<string, unknown>, options: { csrf?: string } = {}) {
  const browser = await loggedIn(client.base);
  const { html } = await browser.open(client.authorizeUrl());
  const csrf = /data-csrf="([^"]*)"/.exec(html)?.[1] ?? '';
  return send(browser, changes, options.csrf ?? csrf);
}

async function send(browser: Browser, changes: Record<string, unknown>, csrf: string) {
  const body = JSON.stringify({
    client_id: client.clientId,
    response_type: 'code',
    redirect_uri: client.redirectUri,
    scope: 'user.read',
    state: 'the-state',
    ...changes,
  });
  const headers = { 'Content-Type': 'application/json', 'X-CSRF-Token': csrf };
  const url = `${client.base}/oauth/authorize/fetch`;
  const response = await browser.request(url, { method: 'POST', headers, body });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

test('the consent page runs a script of its own, and nothing else', async () => {
  const page = await client.consentPage();
  expect(page.response.headers.get('content-security-policy')).toContain(
    "script-src 'self'; connect-src 'self'",
  );
  expect(page.html).toContain('<script src="/flarum/assets/authorize.js" defer></script>');
  expect(page.html).toContain('data-fetch="/flarum/oauth/authorize/fetch"');
  const script = await fetch(`${client.base}/assets/authorize.js`);
  expect(script.headers.get('content-type')).toContain('javascript');
  control.setPluginSettings({ authorizationMethodFetch: false });
  const plain = await client.consentPage();
  expect(plain.html).not.toContain('<script');
  expect(plain.response.headers.get('content-security-policy')).not.toContain('script-src');
});

test('a yes is a location, with HTTP 200', async () => {
  const { status, body } = await answer({ is_authorized: true });
  expect([status, Object.keys(body)]).toEqual([200, ['location']]);
  const { searchParams } = new URL(String(body.location));
  expect(searchParams.get('state')).toBe('the-state');
  expect((await client.redeem(searchParams.get('code') ?? '')).error).toBeUndefined();
});

test.each(['redirect', 'grant'] as const)(
  'a no has no location, in deny mode %s too: the app never hears',
  async (mode) => {
    control.setDenyMode(mode);
    expect(await answer({ is_authorized: false })).toEqual({
      status: 200,
      body: {
        error: 'access_denied',
        error_description: 'The user denied access to your application',
        state: 'the-state',
      },
    });
    expect((await new Browser().open(`${client.base}/oauth/undefined`)).status).toBe(404);
  },
);

test.each([
  ['an unknown client', { client_id: 'nobody' }, 'invalid_client'],
  ['another redirect URI', { redirect_uri: 'https://evil.test/' }, 'redirect_uri_mismatch'],
  ['an unknown scope', { scope: 'admin' }, 'invalid_scope'],
])('%s is an error, with HTTP 200 and no location', async (_name, changes, error) => {
  const { status, body } = await answer({ is_authorized: true, ...changes });
  expect([status, body.error, body.location]).toEqual([200, error, undefined]);
});

test('who lacks the permission gets it as JSON', async () => {
  control.setPluginSettings({ useOauth: 'administrators' });
  expect(await answer({ is_authorized: true })).toEqual({
    status: 200,
    body: { error: 'no_permission', error_description: "Don't have the permissions of oauth" },
  });
});

test('the CSRF token must be that of this browser', async () => {
  expect(await answer({ is_authorized: true }, { csrf: 'guessed' })).toEqual({
    status: 400,
    body: { errors: [{ status: '400', code: 'csrf_token_mismatch' }] },
  });
});

test('nobody logged in is 401', async () => {
  const browser = new Browser();
  const { html } = await browser.open(`${client.base}/login`);
  const csrf = /name="csrf" value="([^"]*)"/.exec(html)?.[1] ?? '';
  expect((await send(browser, { is_authorized: true }, csrf)).status).toBe(401);
});

test('without the script the form works as in form mode', async () => {
  expect((await client.login()).params.get('code')).toMatch(/^[0-9a-f]{40}$/);
});
