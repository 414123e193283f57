import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Emulator, startEmulator } from '../src/emulator.ts';
import { Browser } from './browser.ts';
import { ALL, KYOTO, RememberizerApp, signedIn, WEICHEN, YATING } from './rememberizer-app.ts';

let emulator: Emulator;
let app: RememberizerApp;
beforeAll(async () => {
  emulator = await startEmulator();
  app = new RememberizerApp(emulator, '<b>Bold</b> app');
});
afterAll(() => emulator.close());
beforeEach(() => emulator.personas.rememberizer.control.reset());

function connections() {
  return emulator.personas.rememberizer.control.connections();
}

describe('a redirect_uri that is none of the registered ones is 400 and leads nowhere', () => {
  test.each([
    ['a trailing slash', 'http://localhost:3000/oauth/callback/'],
    ['a query', 'http://localhost:3000/oauth/callback?x=1'],
    ['a longer path', 'http://localhost:3000/oauth/callback/third'],
    ['another case', 'http://localhost:3000/OAuth/callback'],
    ['another host of the same machine', 'http://127.0.0.1:3000/oauth/callback'],
    ['user info', 'http://localhost:3000@evil.example/oauth/callback'],
    ['the landing page', 'http://localhost:3000/welcome?from=memory'],
    ['none', ''],
  ])('%s', async (_name, redirect_uri) => {
    const browser = await signedIn(app.base);
    const response = await browser.request(app.authorizeUrl({ redirect_uri }));
    expect(response.status).toBe(400);
    expect(response.headers.get('location')).toBeNull();
  });

  test('the right one twice', async () => {
    const twice = `${app.authorizeUrl()}&redirect_uri=${encodeURIComponent(app.redirectUri)}`;
    expect((await new Browser().request(twice)).status).toBe(400);
  });
});

test.each([
  ['unknown', 'rmz_unknown'],
  ['missing', ''],
])(
  'a client_id that is %s is a page for a browser and JSON for a program',
  async (_name, client_id) => {
    const page = await new Browser().open(app.authorizeUrl({ client_id }));
    expect(page.status).toBe(400);
    expect(page.heading).toBe('This request is not valid');
    const response = await fetch(app.authorizeUrl({ client_id }));
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: 'invalid_client' });
  },
);

describe('a mistake of a known client goes back to it, with its state', () => {
  test.each([
    ['response_type token', { response_type: 'token' }, 'unsupported_response_type'],
    ['no response_type', { response_type: '' }, 'invalid_request'],
    ['an unknown scope', { scope: 'offline_access profile' }, 'invalid_scope'],
  ])('%s', async (_name, changes, error) => {
    const away = await new Browser().open(app.authorizeUrl(changes));
    expect(away.url).toContain(`${app.redirectUri}?`);
    expect(away.params.get('error')).toBe(error);
    expect(away.params.get('state')).toBe('the-state');
    expect(away.params.has('code')).toBe(false);
  });

  test('a missing state is refused, for the document says that it is required', async () => {
    const away = await new Browser().open(app.authorizeUrl({ state: undefined }));
    expect(away.params.get('error')).toBe('invalid_request');
    expect(away.params.has('state')).toBe(false);
  });

  test.each(['state', 'scope', 'response_type'])('%s twice', async (name) => {
    const away = await new Browser().open(`${app.authorizeUrl()}&${name}=code&${name}=code`);
    expect(away.params.get('error')).toBe('invalid_request');
  });
});

describe('the slash at the end', () => {
  test('authorize without it is led to it, with its query', async () => {
    const url = app.authorizeUrl().replace('authorize/?', 'authorize?');
    const response = await fetch(url, { redirect: 'manual' });
    expect(response.status).toBe(301);
    expect(new URL(response.headers.get('location') ?? '', url).href).toBe(app.authorizeUrl());
  });
});

describe('the page that asks', () => {
  test('it names the app, escaped, and both addresses', async () => {
    const page = await app.consent();
    expect(page.heading).toBe('What may <b>Bold</b> app look into?');
    expect(page.html).not.toContain('<b>Bold');
    expect(page.html).toContain('takes you to localhost:3000/welcome;');
  });

  test('it lists the mementos of this user, with their counts', async () => {
    const { html } = await app.consent();
    const listed = [...html.matchAll(/<strong>([^<]*)<\/strong>.*?class="count">([^<]*)</gs)];
    expect(listed.map(([, name, count]) => [name, count])).toStrictEqual([
      ['All my knowledge', '12 documents'],
      ['Kyoto in spring', '3 documents'],
      ['Tea', '3 documents'],
      ['Studio', '5 documents'],
    ]);
    const ofWeichen = await app.consent({ user: WEICHEN });
    expect(ofWeichen.html).toContain('Incidents');
    expect(ofWeichen.html).not.toContain('Kyoto');
  });

  test('it may lead to the callback and to the landing page, and nowhere else', async () => {
    const elsewhere = emulator.personas.rememberizer.control.registerApp({
      name: 'Two sites',
      redirectUri: 'http://localhost:3000/oauth/callback',
      landingPageUrl: 'https://two-sites.example/start',
    });
    const page = await (await signedIn(app.base)).open(
      app.authorizeUrl({ client_id: elsewhere.clientId }),
    );
    expect(page.response.headers.get('content-security-policy')).toContain(
      "form-action 'self' http://localhost:3000 https://two-sites.example;",
    );
  });

  test('a connected app is asked for again, with what it has', async () => {
    const browser = await signedIn(app.base);
    await app.code({ browser, choice: { memento: KYOTO } });
    const { html } = await app.consent({ browser });
    const checked = [...html.matchAll(/value="([^"]*)" checked/g)].map(([, value]) => value);
    expect(checked).toStrictEqual([KYOTO]);
  });

  test('another account signs out and comes back to the same question', async () => {
    const signIn = await (await app.consent()).submit('Use another account');
    expect(signIn.heading).toBe('Sign in');
    const consent = await signIn.submit('Sign in', WEICHEN);
    expect(consent.html).toContain('Signed in as <strong>weichen</strong>');
  });
});

describe('allow', () => {
  test('it goes back with a code and the state, and nothing about the choice', async () => {
    const away = await (await app.consent()).submit('Allow', { memento: KYOTO });
    expect(away.url.startsWith(`${app.redirectUri}?`)).toBe(true);
    expect([...away.params.keys()]).toStrictEqual(['code', 'state']);
    expect(away.params.get('state')).toBe('the-state');
    expect(connections()).toMatchObject([
      { username: 'yating', status: 'connected', mementos: [302], memory: false },
    ]);
  });

  test('a state comes back as it was, whatever is in it', async () => {
    const state = 'a+b/c=d&e "f" <g> 測試%20';
    const browser = await signedIn(app.base);
    const page = await browser.open(app.authorizeUrl({ state }));
    expect((await page.submit('Allow', { memento: ALL })).params.get('state')).toBe(state);
  });

  test('the second registered redirect URI is as good as the first', async () => {
    const redirect_uri = app.otherRedirectUri;
    const page = await (await signedIn(app.base)).open(app.authorizeUrl({ redirect_uri }));
    const away = await page.submit('Allow', { memento: ALL });
    expect(away.url.startsWith(`${app.otherRedirectUri}?`)).toBe(true);
    const code = away.params.get('code') ?? '';
    expect((await app.redeem(code)).status).toBe(400);
    expect((await app.redeem(code, { redirect_uri })).status).toBe(200);
  });

  test.each([
    ['no memento', {}],
    ['the memento of somebody else', { memento: '401' }],
  ])('%s is asked again, and gives no code', async (_name, choice: Record<string, string>) => {
    const again = await (await app.consent()).submit('Allow', choice);
    expect(again.status).toBe(400);
    expect(again.html).toContain('Choose one memento at least, or cancel.');
    expect(connections()).toStrictEqual([]);
    expect((await again.submit('Allow', { memento: ALL })).params.has('code')).toBe(true);
  });

  test('unknown parameters are ignored, PKCE among them', async () => {
    const pkce = { code_challenge: 'x'.repeat(43), code_challenge_method: 'S256', nonce: 'n' };
    const page = await (await signedIn(app.base)).open(app.authorizeUrl(pkce));
    const away = await page.submit('Allow', { memento: ALL });
    expect((await app.redeem(away.params.get('code') ?? '')).status).toBe(200);
  });
});

describe('cancel', () => {
  test('it leads to the landing page of the app, not to its callback, and the app is pending', async () => {
    const away = await (await app.consent()).submit('Cancel');
    expect(away.url).toBe(app.landingPageUrl);
    expect(connections()).toMatchObject([
      { username: 'yating', clientId: app.clientId, status: 'pending', mementos: [] },
    ]);
  });

  test('an app without a landing page gets the root of its site', async () => {
    const plain = emulator.personas.rememberizer.control.registerApp({
      name: 'Plain',
      redirectUri: 'https://plain.example/deep/callback',
    });
    const url = app.authorizeUrl({ client_id: plain.clientId, redirect_uri: plain.redirectUri });
    const page = await (await signedIn(app.base)).open(url);
    expect((await page.submit('Cancel')).url).toBe('https://plain.example/');
  });

  test('an app that is connected already stays connected', async () => {
    const browser = await signedIn(app.base);
    const tokens = await app.tokens({ browser });
    await (await app.consent({ browser })).submit('Cancel');
    expect(connections()).toMatchObject([{ status: 'connected' }]);
    expect((await app.call(tokens.access_token, 'account/')).status).toBe(200);
  });
});

test('who is not signed in signs in first, and is told for whom', async () => {
  const page = await new Browser().open(app.authorizeUrl());
  expect(page.heading).toBe('Sign in');
  expect(page.html).toContain('&lt;b&gt;Bold&lt;/b&gt; app would like to look something up.');
  expect((await page.submit('Sign in', YATING)).heading).toContain('look into?');
});
