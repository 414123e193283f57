import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Emulator, startEmulator } from '../src/emulator.ts';
import { AfdianClient, signedInAtAfdian } from './afdian-client.ts';
import { Browser } from './browser.ts';
import { WEICHEN, YATING } from './demo-users.ts';

let emulator: Emulator;
let client: AfdianClient;
beforeAll(async () => {
  emulator = await startEmulator();
  client = new AfdianClient(emulator, '<b>Night</b> Library');
});
afterAll(() => emulator.close());
beforeEach(() => emulator.personas.afdian.control.reset());

test('who is not signed in signs in, and then is asked', async () => {
  const page = await new Browser().open(client.authorizeUrl());
  expect(page.heading).toBe('Sign in');
  expect(page.html).toContain('Sign in to continue to &lt;b&gt;Night&lt;/b&gt; Library.');
  const question = await page.submit('Sign in', YATING);
  expect(question.heading).toBe('<b>Night</b> Library asks to sign you in with this account');
  expect(question.html).not.toContain('<b>Night');
});

test('the question shows the name of the app, its icon, and where a yes leads', async () => {
  const page = await client.question();
  expect(page.html).toMatch(/<span class="app-icon"><svg/);
  expect(page.html).toContain('localhost:3000');
  expect(page.response.headers.get('content-security-policy')).toContain(
    "form-action 'self' http://localhost:3000;",
  );
});

test('an icon of its own comes from its origin, and the policy lets only that in', async () => {
  const icon = 'https://cdn.example/icon.png?size=64';
  const { redirectUri } = client;
  const { clientId } = emulator.personas.afdian.control.registerApp({
    name: 'With icon',
    redirectUri,
    icon,
  });
  const browser = await signedInAtAfdian(client.base);
  const page = await browser.open(client.authorizeUrl({ client_id: clientId }));
  expect(page.html).toContain(`<img src="${icon}" alt="">`);
  expect(page.response.headers.get('content-security-policy')).toContain(
    "img-src 'self' https://cdn.example;",
  );
});

test('a yes goes back with code and state', async () => {
  const away = await client.login();
  expect(away.url).toMatch(
    /^http:\/\/localhost:3000\/oauth\/callback\/afdian\?code=[0-9a-f]{32}&state=the-state$/,
  );
});

test('the question is asked every time', async () => {
  const browser = new Browser();
  await client.login({ browser });
  expect((await browser.open(client.authorizeUrl())).heading).toContain('asks to sign you in');
});

test('a no stays on the page of the provider: no redirect, no code, ever', async () => {
  const page = await (await client.question()).submit('Refuse');
  expect(page.status).toBe(200);
  expect(page.heading).toBe('You have not agreed');
  expect(page.url).toContain(client.base);
  expect(page.html).not.toMatch(/http-equiv="refresh"|href="http:\/\/localhost:3000/);
  const secrets = emulator.personas.afdian.control.issuedSecrets();
  expect(secrets.filter((secret) => secret.kind === 'code')).toEqual([]);
});

test('another account signs out and comes back to the same question', async () => {
  const signIn = await (await client.question()).submit('Use another account');
  expect(signIn.heading).toBe('Sign in');
  const page = await signIn.submit('Sign in', WEICHEN);
  expect(page.heading).toContain('asks to sign you in');
  expect(page.html).toContain('伟辰的手作台');
});

describe('what is not below the trusted domain is a page, and leads nowhere', () => {
  test.each([
    ['another host', 'http://evil.example/cb'],
    ['a host that ends alike', 'http://evillocalhost/cb'],
    ['a host that begins alike', 'http://localhost.evil.example/cb'],
    ['the domain as a user', 'http://localhost@evil.example/cb'],
    ['a user before the domain', 'http://evil@localhost/cb'],
    ['a fragment', 'http://localhost:3000/cb#x'],
    ['a script', 'javascript:alert(1)//localhost'],
    ['another scheme', 'ftp://localhost/cb'],
    ['a relative one', '/cb'],
    ['none', ''],
    ['none at all', undefined],
  ])('%s', async (_name, redirect_uri) => {
    const browser = await signedInAtAfdian(client.base);
    const response = await browser.request(client.authorizeUrl({ redirect_uri }));
    expect(response.status).toBe(400);
    expect(response.headers.get('location')).toBeNull();
    expect(await response.text()).toContain('This sign-in cannot go on');
  });

  test('the right one twice', async () => {
    const twice = `${client.authorizeUrl()}&redirect_uri=${encodeURIComponent(client.redirectUri)}`;
    expect((await new Browser().request(twice)).status).toBe(400);
  });
});

test.each([
  ['the domain on another port and path', 'http://localhost:9999/anything'],
  ['a domain below it', 'http://app.localhost/cb'],
  ['https', 'https://localhost/cb'],
  ['a query of its own, which stays', 'http://localhost/cb?from=afdian'],
])('below the trusted domain is %s', async (_name, redirect_uri) => {
  const browser = await signedInAtAfdian(client.base);
  const page = await browser.open(client.authorizeUrl({ redirect_uri }));
  const away = await page.submit('Agree');
  expect(away.url.startsWith(redirect_uri)).toBe(true);
  expect(away.params.get('state')).toBe('the-state');
  expect(away.params.get('code')).toMatch(/^[0-9a-f]{32}$/);
});

describe('a request with a mistake is a page, and no client is told', () => {
  test.each([
    ['an unknown client', { client_id: 'nobody' }],
    ['no client', { client_id: undefined }],
    ['response_type token', { response_type: 'token' }],
    ['no response_type', { response_type: undefined }],
    ['another scope', { scope: 'basic sponsor' }],
    ['no scope', { scope: undefined }],
  ])('%s', async (_name, changes) => {
    const response = await new Browser().request(client.authorizeUrl(changes));
    expect(response.status).toBe(400);
    expect(response.headers.get('location')).toBeNull();
  });

  test('state twice', async () => {
    const response = await new Browser().request(`${client.authorizeUrl()}&state=other`);
    expect(response.status).toBe(400);
  });
});

test('with setLenientAuthorize clients work that omit response_type and scope, as two published ones do', async () => {
  emulator.personas.afdian.control.setLenientAuthorize(true);
  const browser = await signedInAtAfdian(client.base);
  const sparse = client.authorizeUrl({ response_type: undefined, scope: undefined });
  expect((await browser.open(sparse)).heading).toContain('asks to sign you in');
  const wrong = client.authorizeUrl({ response_type: 'token' });
  expect((await browser.open(wrong)).status).toBe(400);
});

test('a state comes back as it was, and where there was none there is none', async () => {
  const state = 'a+b/c=d&e "f" <g> 测试%20';
  const browser = await signedInAtAfdian(client.base);
  const away = await (await browser.open(client.authorizeUrl({ state }))).submit('Agree');
  expect(away.params.get('state')).toBe(state);
  const none = await browser.open(client.authorizeUrl({ state: undefined }));
  expect((await none.submit('Agree')).params.has('state')).toBe(false);
});

test('unknown parameters are ignored, PKCE among them', async () => {
  const pkce = { code_challenge: 'x'.repeat(43), code_challenge_method: 'S256' };
  const browser = await signedInAtAfdian(client.base);
  const away = await (await browser.open(client.authorizeUrl(pkce))).submit('Agree');
  expect(await client.ask(away.params.get('code') ?? '')).toMatchObject({ ec: 200 });
});

test('there is no authorize with a slash at its end', async () => {
  const url = client.authorizeUrl().replace('/authorize?', '/authorize/?');
  expect((await new Browser().request(url)).status).toBe(404);
});
