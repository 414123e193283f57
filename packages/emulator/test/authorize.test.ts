import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Emulator, startEmulator } from '../src/emulator.ts';
import { Browser } from './browser.ts';
import { DemoApp } from './demo-app.ts';
import { YATING } from './demo-users.ts';

let emulator: Emulator;
let app: DemoApp;
beforeAll(async () => {
  emulator = await startEmulator();
  app = new DemoApp(emulator);
});
afterAll(() => emulator.close());
beforeEach(() => emulator.control.reset());

async function signedIn(): Promise<Browser> {
  const browser = new Browser();
  await app.login({ browser });
  return browser;
}

describe('a redirect_uri that differs in anything is 400 and leads nowhere', () => {
  test.each([
    ['a trailing slash', 'http://localhost:3000/oauth/callback/'],
    ['a query', 'http://localhost:3000/oauth/callback?x=1'],
    ['a fragment', 'http://localhost:3000/oauth/callback#x'],
    ['another path', 'http://localhost:3000/oauth/callback/../evil'],
    ['a longer path', 'http://localhost:3000/oauth/callback/evil'],
    ['another case', 'http://localhost:3000/OAuth/callback'],
    ['another host of the same machine', 'http://127.0.0.1:3000/oauth/callback'],
    ['another port', 'http://localhost:3001/oauth/callback'],
    ['https', 'https://localhost:3000/oauth/callback'],
    ['user info', 'http://localhost:3000@evil.example/oauth/callback'],
    ['a path of one slash less', 'http:/localhost:3000/oauth/callback'],
    ['encoded twice', 'http%3A%2F%2Flocalhost%3A3000%2Foauth%2Fcallback'],
    ['a space at its end', 'http://localhost:3000/oauth/callback '],
    ['none', ''],
  ])('%s', async (_name, redirect_uri) => {
    const response = await (await signedIn()).request(app.authorizeUrl({ redirect_uri }));
    expect(response.status).toBe(400);
    expect(response.headers.get('location')).toBeNull();
  });

  test('the right one twice', async () => {
    const twice = `${app.authorizeUrl()}&redirect_uri=${encodeURIComponent(app.redirectUri)}`;
    expect((await new Browser().request(twice)).status).toBe(400);
  });
});

test.each([
  ['unknown', 'client_unknown'],
  ['missing', ''],
])('a client_id that is %s is 400 and leads nowhere', async (_name, client_id) => {
  const response = await new Browser().request(app.authorizeUrl({ client_id }));
  expect(response.status).toBe(400);
  expect(response.headers.get('location')).toBeNull();
});

test('a request that cannot be trusted is a page for a browser', async () => {
  const page = await new Browser().open(app.authorizeUrl({ client_id: 'client_unknown' }));
  expect(page.response.headers.get('content-type')).toContain('text/html');
  expect(page.heading).toBe('This sign-in request is not valid');
});

test.each(['application/json', '*/*'])('and JSON for Accept: %s', async (Accept) => {
  const response = await fetch(app.authorizeUrl({ redirect_uri: 'https://evil.example/' }), {
    headers: { Accept },
  });
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({ error: 'invalid_request' });
});

describe('a mistake of a known client goes back to it, with its state', () => {
  test.each([
    ['response_type token', { response_type: 'token' }, 'unsupported_response_type'],
    ['no response_type', { response_type: '' }, 'invalid_request'],
    ['an unknown scope', { scope: 'profile admin' }, 'invalid_scope'],
  ])('%s', async (_name, changes, error) => {
    const away = await new Browser().open(app.authorizeUrl(changes));
    expect(away.url).toContain(`${app.redirectUri}?`);
    expect(away.params.get('error')).toBe(error);
    expect(away.params.get('state')).toBe('the-state');
    expect(away.params.has('code')).toBe(false);
  });

  test('a missing state is refused, and the answer has none', async () => {
    const away = await new Browser().open(app.authorizeUrl({ state: undefined }));
    expect(away.params.get('error')).toBe('invalid_request');
    expect(away.params.has('state')).toBe(false);
  });

  test.each(['state', 'scope', 'response_type', 'auto_authorize'])('%s twice', async (name) => {
    const away = await new Browser().open(`${app.authorizeUrl()}&${name}=code&${name}=code`);
    expect(away.params.get('error')).toBe('invalid_request');
  });
});

test('unknown parameters are ignored, PKCE among them', async () => {
  const pkce = { code_challenge: 'x'.repeat(43), code_challenge_method: 'S256', nonce: 'n' };
  const page = await new Browser().open(app.authorizeUrl({ ...pkce, auto_authorize: 'true' }));
  const away = await page.submit('Sign in', YATING);
  expect((await app.redeem(away.params.get('code') ?? '')).status).toBe(200);
});

test('auto_authorize: who is not signed in sees the sign-in page, then goes straight back', async () => {
  const page = await new Browser().open(app.authorizeUrl({ auto_authorize: 'true' }));
  expect(page.heading).toBe('Sign in');
  const away = await page.submit('Sign in', YATING);
  expect(away.url).toContain(`${app.redirectUri}?`);
  expect(away.params.get('state')).toBe('the-state');
  expect(away.params.get('code')).toMatch(/^[0-9a-f]{64}$/);
});

test('auto_authorize: who is signed in goes straight back', async () => {
  const browser = await signedIn();
  const response = await browser.request(app.authorizeUrl({ auto_authorize: 'true' }));
  expect(response.status).toBe(302);
  expect(response.headers.get('location')).toContain(`${app.redirectUri}?code=`);
});

test.each([undefined, 'false', '1', 'TRUE'])('auto_authorize=%s asks for consent', async (auto) => {
  const page = await (await signedIn()).open(app.authorizeUrl({ auto_authorize: auto }));
  expect(page.heading).toBe('Allow Demo app to use your account?');
});

test('a state comes back as it was, whatever is in it', async () => {
  const state = 'a+b/c=d&e "f" <g> 測試%20';
  const away = await (await signedIn()).open(app.authorizeUrl({ state, auto_authorize: 'true' }));
  expect(away.params.get('state')).toBe(state);
});
