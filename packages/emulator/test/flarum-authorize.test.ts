import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Control, type Emulator, startEmulator } from '../src/emulator.ts';
import { Browser } from './browser.ts';
import { WEICHEN, YATING } from './demo-users.ts';
import { FlarumClient, loggedIn } from './flarum-client.ts';

let emulator: Emulator;
let control: Control<'flarum'>;
let client: FlarumClient;
beforeAll(async () => {
  emulator = await startEmulator();
  control = emulator.personas.flarum.control;
  client = new FlarumClient(emulator, { name: '<b>Night</b> Library' });
});
afterAll(() => emulator.close());
beforeEach(() => control.reset());

describe('the page of the forum', () => {
  test('asks who is not logged in to log in, at the same address and with HTTP 200', async () => {
    const page = await new Browser().open(client.authorizeUrl());
    expect([page.status, page.url]).toEqual([200, client.authorizeUrl()]);
    expect(page.heading).toBe('Log In');
    expect(page.html).toContain('Log in to continue to &lt;b&gt;Night&lt;/b&gt; Library.');
    expect((await page.submit('Log In', YATING)).url).toBe(client.authorizeUrl());
  });

  test('names the client, and what it asks for', async () => {
    const page = await client.consentPage();
    expect(page.heading).toBe('Access to <b>Night</b> Library');
    expect(page.html).not.toContain('<b>Night');
    expect(page.html).toContain('See 雅婷&#39;s profile');
  });

  test('asks every time', async () => {
    const browser = new Browser();
    await client.login({ browser });
    expect((await browser.open(client.authorizeUrl())).heading).toContain('Access to');
  });

  test('lets somebody else log in, and asks them', async () => {
    const page = await (await client.consentPage()).submit('Use another account');
    expect(page.heading).toBe('Log In');
    expect((await page.submit('Log In', WEICHEN)).html).toContain('<strong>weichen</strong>');
  });

  test('fills user and client into the description of a scope', async () => {
    const description = '{client_name} reads the mail of {user}';
    control.setScope('mail.read', { name: 'Mail', description, icon: 'fas fa-envelope' });
    const page = await client.consentPage({ params: { scope: 'mail.read' } });
    expect(page.html).toContain('&lt;b&gt;Night&lt;/b&gt; Library reads the mail of 雅婷');
  });

  test('shows the default scopes besides those of the request', async () => {
    control.setScope('mail.read', { name: 'Mail', description: 'Reads mail' });
    const both = await client.consentPage({ params: { scope: 'mail.read' } });
    expect(both.html).toMatch(/Read your account.*Reads mail/s);
    const only = await client.consentPage({ params: { scope: undefined } });
    expect(only.html).not.toContain('Reads mail');
  });

  test('without a scope in the request it shows the list of the client', async () => {
    control.setScope('mail.read', { name: 'Mail', description: 'Reads mail', isDefault: false });
    const listed = new FlarumClient(emulator, { scope: 'user.read mail.read' });
    const page = await listed.consentPage({ params: { scope: undefined } });
    expect(page.html).toContain('Reads mail');
  });
});

describe('the page routes to the front of the forum without a word, with HTTP 200', () => {
  const isRouted = async (url: string) => {
    const page = await (await loggedIn(client.base)).open(url);
    expect(page.response.headers.get('location')).toBeNull();
    return [page.status, page.html.includes('http-equiv="refresh" content="0; url=/flarum/"')];
  };

  test.each(['client_id', 'response_type', 'redirect_uri'])('without %s', async (name) => {
    expect(await isRouted(client.authorizeUrl({ [name]: undefined }))).toEqual([200, true]);
  });

  test('for an unknown client', async () => {
    expect(await isRouted(client.authorizeUrl({ client_id: 'nobody' }))).toEqual([200, true]);
  });

  test('without state, where that is enforced', async () => {
    const url = client.authorizeUrl({ state: undefined });
    expect(await isRouted(url)).toEqual([200, false]);
    control.setPluginSettings({ enforceState: true });
    expect(await isRouted(url)).toEqual([200, true]);
  });

  test('for a redirect URI that is not exact, where that is required', async () => {
    const url = client.authorizeUrl({ redirect_uri: `${client.redirectUri}?x=1` });
    expect(await isRouted(url)).toEqual([200, false]);
    control.setPluginSettings({ requireExactRedirectUri: true });
    expect(await isRouted(url)).toEqual([200, true]);
    expect(await isRouted(client.authorizeUrl())).toEqual([200, false]);
  });

  test('for response_type token, unless implicit grants are allowed', async () => {
    const url = client.authorizeUrl({ response_type: 'token' });
    expect(await isRouted(url)).toEqual([200, true]);
    control.setPluginSettings({ allowImplicit: true });
    expect(await isRouted(url)).toEqual([200, false]);
  });
});

test('Agree goes back with code and state: 302, with nothing in the body', async () => {
  const browser = await loggedIn(client.base);
  const response = await client.answer(browser);
  expect(response.status).toBe(302);
  expect(await response.text()).toBe('');
  const location = new URL(response.headers.get('location') ?? '');
  expect(location.href).toMatch(/^http:\/\/localhost:3000\/oauth\/callback\/flarum\?code=/);
  expect(location.searchParams.get('code')).toMatch(/^[0-9a-f]{40}$/);
  expect(location.searchParams.get('state')).toBe('the-state');
  const away = await client.login({ browser });
  expect(away.params.get('code')).toMatch(/^[0-9a-f]{40}$/);
});

test('the policy lets the form lead to the app, and nowhere else', async () => {
  const policy = (await client.consentPage()).response.headers.get('content-security-policy');
  expect(policy).toContain("form-action 'self' http://localhost:3000;");
});

test('a query of the redirect URI stays, and a state comes back as it was', async () => {
  const state = 'a+b/c=d&e "f" <g> 測試%20';
  const params = { redirect_uri: `${client.redirectUri}?from=forum`, state };
  const away = await client.login({ params });
  expect(away.url).toContain(`${client.redirectUri}?from=forum&code=`);
  expect(away.params.get('state')).toBe(state);
});

test('where there was no state there is none', async () => {
  const away = await client.login({ params: { state: undefined } });
  expect([...away.params.keys()]).toEqual(['code']);
});

describe('Deny', () => {
  const deny = async () => (await client.consentPage()).submit('Deny');

  test('redirect: access_denied, as the library says it', async () => {
    expect((await deny()).url).toBe(
      `${client.redirectUri}?error=access_denied&error_description=The+user+denied+access+to+your+application&state=the-state`,
    );
  });

  test('silent: a page of the forum that is not there, and the app never hears', async () => {
    control.setDenyMode('silent');
    const page = await deny();
    expect([page.status, page.url]).toEqual([404, `${client.base}/oauth/undefined`]);
  });

  test('grant: the app gets a code all the same', async () => {
    control.setDenyMode('grant');
    const away = await deny();
    expect((await client.redeem(away.params.get('code') ?? '')).error).toBeUndefined();
  });

  test.each(['', '0'])('is_authorized=%s is a no in every mode', async (is_authorized) => {
    control.setDenyMode('grant');
    const response = await client.answer(await loggedIn(client.base), { is_authorized });
    expect(response.headers.get('location')).toContain('error=access_denied');
  });
});

describe('redirect URIs', () => {
  const answered = async (redirect_uri: string, by = client) => {
    const response = await by.answer(await loggedIn(client.base), { redirect_uri });
    return [response.status, response.headers.get('location')?.split('?')[0]];
  };

  test.each(['/more', '.evil.test/x', '-more'])(
    'by default one need only begin like the registered one: %s',
    async (more) => {
      const uri = client.redirectUri + more;
      expect(await answered(uri)).toEqual([302, uri]);
    },
  );

  test('in whatever case', async () => {
    const uri = 'http://LOCALHOST:3000/OAUTH/callback/flarum';
    expect((await answered(uri))[0]).toBe(302);
  });

  test.each([
    'http://localhost:3000/oauth/callback',
    'http://evil.test/?http://localhost:3000/oauth/callback/flarum',
  ])('%s is not one: 400 as JSON, and no redirect', async (redirect_uri) => {
    const response = await client.answer(await loggedIn(client.base), { redirect_uri });
    expect(response.status).toBe(400);
    expect(await response.json()).toStrictEqual({
      error: 'redirect_uri_mismatch',
      error_description: 'The redirect URI provided is missing or does not match',
      error_uri: 'http://tools.ietf.org/html/rfc6749#section-3.1.2',
    });
  });

  test('exact, where that is required', async () => {
    control.setPluginSettings({ requireExactRedirectUri: true });
    expect((await answered(`${client.redirectUri}?x=1`))[0]).toBe(400);
    expect((await answered(client.redirectUri))[0]).toBe(302);
  });

  test('any of several', async () => {
    const several = new FlarumClient(emulator, {
      redirectUri: 'https://one.example/cb  https://two.example/cb',
    });
    expect((await answered('https://two.example/cb', several))[0]).toBe(302);
    expect((await answered('https://three.example/cb', several))[0]).toBe(400);
  });

  test('all, where none is registered', async () => {
    const none = new FlarumClient(emulator, { redirectUri: '' });
    expect((await answered('https://anything.example/', none))[0]).toBe(302);
  });
});

describe('what the server says of a form that no page of the forum would send', () => {
  test.each([
    ['no client_id', { client_id: undefined }, 'invalid_client', 'No client id supplied'],
    [
      'an unknown client_id',
      { client_id: 'nobody' },
      'invalid_client',
      'The client id supplied is invalid',
    ],
    [
      'a fragment',
      { redirect_uri: 'http://localhost:3000/oauth/callback/flarum#x' },
      'invalid_uri',
      'The redirect URI must not contain a fragment',
    ],
  ])('%s: 400 as JSON', async (_name, changes, error, error_description) => {
    const response = await client.answer(await loggedIn(client.base), changes);
    expect(response.status).toBe(400);
    expect(await response.json()).toStrictEqual({ error, error_description });
  });

  test('no redirect_uri: the registered one, or 400 where there are several', async () => {
    const browser = await loggedIn(client.base);
    const alone = await client.answer(browser, { redirect_uri: undefined });
    expect(alone.headers.get('location')).toContain(`${client.redirectUri}?code=`);
    const several = new FlarumClient(emulator, {
      redirectUri: 'https://a.example https://b.example',
    });
    const response = await several.answer(browser, { redirect_uri: undefined });
    expect(await response.json()).toMatchObject({ error: 'invalid_uri' });
  });

  test.each([
    ['another response_type', { response_type: 'id' }, 'invalid_request'],
    ['no response_type', { response_type: undefined }, 'invalid_request'],
    ['an implicit grant', { response_type: 'token' }, 'unsupported_response_type'],
    ['an unknown scope', { scope: 'user.read admin' }, 'invalid_scope'],
  ])('%s: back to the client, with the state', async (_name, changes, error) => {
    const response = await client.answer(await loggedIn(client.base), changes);
    expect(response.status).toBe(302);
    const { origin, searchParams } = new URL(response.headers.get('location') ?? '');
    expect(origin).toBe('http://localhost:3000');
    expect([...searchParams.keys()]).toEqual(['error', 'error_description', 'state']);
    expect(searchParams.get('error')).toBe(error);
  });

  test('no state where that is enforced: back to the client', async () => {
    control.setPluginSettings({ enforceState: true });
    const response = await client.answer(await loggedIn(client.base), { state: undefined });
    expect(response.headers.get('location')).toBe(
      `${client.redirectUri}?error=invalid_request&error_description=The+state+parameter+is+required`,
    );
  });

  test('nobody logged in: 401, and no redirect', async () => {
    const response = await client.answer(new Browser());
    expect([response.status, response.headers.get('location')]).toEqual([401, null]);
  });
});

describe('scopes', () => {
  const scopeOf = async (scope: string | undefined, by = client) =>
    (await by.tokens({ params: { scope } })).scope;

  test('given: stored as given, without the default ones', async () => {
    control.setScope('mail.read', {});
    expect(await scopeOf('mail.read')).toBe('mail.read');
    expect(await scopeOf('mail.read user.read')).toBe('mail.read user.read');
  });

  test('not given: the default ones', async () => {
    control.setScope('mail.read', { isDefault: true });
    expect(await scopeOf(undefined)).toBe('user.read mail.read');
  });

  test('no default: an empty scope', async () => {
    control.setScope('user.read', { isDefault: false });
    expect(await scopeOf(undefined)).toBe('');
  });

  test('reserved words need no row', async () => {
    expect(await scopeOf('openid offline_access user.read')).toBe(
      'openid offline_access user.read',
    );
  });

  test('a client with a list of its own may ask for no more', async () => {
    const listed = new FlarumClient(emulator, { scope: 'user.read' });
    control.setScope('mail.read', {});
    expect(await scopeOf('user.read', listed)).toBe('user.read');
    const response = await listed.answer(await loggedIn(client.base), { scope: 'mail.read' });
    expect(response.headers.get('location')).toContain('error=invalid_scope');
  });
});

test('a client whose grant types do not include codes gets none', async () => {
  const other = new FlarumClient(emulator, { grantTypes: 'refresh_token implicit' });
  const response = await other.answer(await loggedIn(client.base));
  expect(response.headers.get('location')).toContain('error=unauthorized_client');
});

test('PKCE is ignored: a challenge goes nowhere, and no verifier is asked for', async () => {
  const params = { code_challenge: 'x'.repeat(43), code_challenge_method: 'S256' };
  const code = await client.code({ params });
  expect((await client.redeem(code)).error).toBeUndefined();
  const again = await client.code({ params });
  expect((await client.redeem(again, { code_verifier: 'a wrong one' })).error).toBeUndefined();
});

test('an implicit grant, where it is allowed: the token in the fragment, and none to refresh with', async () => {
  control.setPluginSettings({ allowImplicit: true });
  const away = await client.login({ params: { response_type: 'token', scope: undefined } });
  expect(away.url.split('#')[0]).toBe(client.redirectUri);
  const fragment = new URLSearchParams(new URL(away.url).hash.slice(1));
  expect(Object.fromEntries(fragment)).toStrictEqual({
    access_token: expect.stringMatching(/^[0-9a-f]{40}$/),
    expires_in: '3600',
    token_type: 'Bearer',
    scope: 'user.read',
    state: 'the-state',
  });
  const user = await client.userBody(fragment.get('access_token') ?? '');
  expect(user.username).toBe('yating');
});

test('who lacks the permission gets a sentence, with HTTP 200 and no redirect', async () => {
  control.setPluginSettings({ useOauth: 'administrators' });
  const page = await (await client.consentPage()).submit('Agree');
  expect(page.status).toBe(200);
  expect(page.response.headers.get('content-type')).toContain('text/html');
  expect(page.html).toBe("Don't have the permissions of oauth");
  const administrator = await client.login({ user: WEICHEN });
  expect(administrator.params.get('code')).toMatch(/^[0-9a-f]{40}$/);
});
