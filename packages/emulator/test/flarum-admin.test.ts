import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Control, type Emulator, startEmulator } from '../src/emulator.ts';
import { WEICHEN } from './demo-users.ts';
import { FlarumClient, loggedIn } from './flarum-client.ts';

let emulator: Emulator;
let control: Control<'flarum'>;
let base: string;
let now = Date.now();
beforeAll(async () => {
  emulator = await startEmulator({ now: () => now });
  control = emulator.personas.flarum.control;
  base = emulator.personas.flarum.baseUrl;
});
afterAll(() => emulator.close());
beforeEach(() => control.reset());

async function open(path: string) {
  return (await loggedIn(base, WEICHEN)).open(base + path);
}

/** Send a form of the administration, whether a page has it or not. */
async function post(path: string) {
  const browser = await loggedIn(base, WEICHEN);
  const { html } = await browser.open(`${base}/admin`);
  const csrf = /name="csrf" value="([^"]*)"/.exec(html)?.[1] ?? '';
  return browser.open(base + path, { method: 'POST', body: new URLSearchParams({ csrf }) });
}

test.each(['/admin', '/admin/clients', '/admin/scopes', '/admin/tokens'])(
  '%s is for administrators',
  async (path) => {
    expect((await (await loggedIn(base)).open(base + path)).status).toBe(403);
    expect((await open(path)).status).toBe(200);
  },
);

describe('settings', () => {
  const SETTINGS = { accessLifetime: '7200', useOauth: 'members' };

  test('are saved, and from then on expires_in is a string', async () => {
    control.setExpiresInAs('number');
    const page = await open('/admin');
    const saved = await page.submit('Save Changes', SETTINGS);
    expect(saved.html).toContain('Your changes were saved.');
    expect(saved.html).toContain('name="accessLifetime" value="7200"');
    expect((await new FlarumClient(emulator).tokens()).expires_in).toBe('7200');
  });

  test('turn on what is ticked, and off what is not', async () => {
    const client = new FlarumClient(emulator);
    const browser = await loggedIn(base);
    const isShown = async (changes: Record<string, string | undefined>) =>
      (await browser.open(client.authorizeUrl(changes))).heading.startsWith('Access to');
    const inexact = { redirect_uri: `${client.redirectUri}/x` };
    const shown = async () => [
      await isShown({ response_type: 'token' }),
      await isShown({ state: undefined }),
      await isShown(inexact),
      (await browser.open(client.authorizeUrl())).html.includes('data-fetch'),
    ];
    expect(await shown()).toEqual([false, true, true, false]);
    const page = await open('/admin');
    const on = { allowImplicit: 'on', enforceState: 'on', requireExactRedirectUri: 'on' };
    await page.submit('Save Changes', { ...SETTINGS, ...on, authorizationMethodFetch: 'on' });
    expect(await shown()).toEqual([true, false, false, true]);
    await page.submit('Save Changes', SETTINGS);
    expect(await shown()).toEqual([false, true, true, false]);
  });

  test('give the permission to administrators alone', async () => {
    await (await open('/admin')).submit('Save Changes', {
      ...SETTINGS,
      useOauth: 'administrators',
    });
    const page = await (await new FlarumClient(emulator).consentPage()).submit('Agree');
    expect(page.html).toBe("Don't have the permissions of oauth");
  });

  test.each(['0', '-1', 'soon', ''])('refuse a lifetime of "%s"', async (accessLifetime) => {
    const page = await open('/admin');
    const refused = await page.submit('Save Changes', { ...SETTINGS, accessLifetime });
    expect(refused.html).toContain('role="alert"');
    expect(refused.html).toContain('name="accessLifetime" value="3600"');
  });
});

describe('clients', () => {
  const CLIENT = {
    name: 'Owl post',
    description: 'Letters by night',
    icon: 'https://cdn.example/owl.png',
    homepage: 'https://owl.example/',
    redirectUri: 'http://localhost:3000/oauth/callback/flarum http://localhost:4000/cb',
    scope: 'user.read',
    grantTypes: 'authorization_code refresh_token',
  };

  test('are made with an id and a secret of 32 characters, and work', async () => {
    const made = await (await open('/admin/clients')).submit('Add Client', CLIENT);
    const [clientId = '', secret = ''] = [...made.html.matchAll(/>([0-9a-f]{32})</g)].map(
      ([, key]) => key,
    );
    expect(control.issuedSecrets()).toContainEqual({ kind: 'client_secret', value: secret });
    const client = new FlarumClient(emulator);
    const page = await client.consentPage({ params: { client_id: clientId } });
    expect(page.heading).toBe('Access to Owl post');
    expect(page.html).toContain('<img src="https://cdn.example/owl.png" alt="">');
    expect(page.html).toContain('href="https://owl.example/"');
    expect(page.response.headers.get('content-security-policy')).toContain(
      "img-src 'self' https://cdn.example;",
    );
    const code = (await page.submit('Agree')).params.get('code') ?? '';
    const credentials = { client_id: clientId, client_secret: secret };
    expect(await client.redeem(code, credentials)).toMatchObject({ scope: 'user.read' });
  });

  test('are changed and deleted', async () => {
    const made = await (await open('/admin/clients')).submit('Add Client', CLIENT);
    const changed = await made.submit('Save Changes', { ...CLIENT, name: 'Swift post' });
    expect(changed.html).toContain('value="Swift post"');
    const path = new URL(made.url).pathname.replace('/flarum', '');
    expect((await open('/admin/clients')).html).toContain('Swift post');
    expect((await post(`${path}/delete`)).html).not.toContain('Swift post');
    expect((await open(path)).status).toBe(404);
  });

  test.each([
    ['no name', { name: '' }],
    ['no redirect URI', { redirectUri: '' }],
    ['a redirect URI that is none', { redirectUri: 'https://ok.example javascript:alert(1)' }],
    ['an icon that is no address', { icon: 'javascript:alert(1)' }],
    ['a homepage that is no address', { homepage: 'javascript:alert(1)' }],
  ])('are refused with %s, and what was typed stays', async (_name, changes) => {
    const page = await open('/admin/clients');
    const refused = await page.submit('Add Client', {
      ...CLIENT,
      description: 'Typed',
      ...changes,
    });
    expect(refused.html).toContain('role="alert"');
    expect(refused.html).toContain('value="Typed"');
  });
});

describe('scopes', () => {
  const SCOPE = {
    scope: 'mail.read',
    resourcePath: '/flarum/api/mail',
    method: 'GET',
    isDefault: 'on',
    name: 'Mail',
    description: '{client_name} reads what {user} gets',
    icon: 'fas fa-envelope',
    visibleFields: '',
  };

  test('are added, and asked for', async () => {
    await (await open('/admin/scopes')).submit('Add Scope', SCOPE);
    const client = new FlarumClient(emulator);
    const { scope } = await client.tokens({ params: { scope: undefined } });
    expect(scope).toBe('user.read mail.read');
    const page = await client.consentPage();
    expect(page.html).toContain('Night Library reads what 雅婷 gets');
  });

  test('are changed: what a token of it may see', async () => {
    const page = await open('/admin/scopes/user.read');
    expect(page.html).toContain('value="/flarum/api/user"');
    const change = { name: 'Yours', visibleFields: 'id', isDefault: 'on' };
    await page.submit('Save Changes', {
      ...SCOPE,
      ...change,
      scope: 'user.read',
      resourcePath: '/flarum/api/user',
    });
    const client = new FlarumClient(emulator);
    const { access_token } = await client.tokens();
    expect(await client.userBody(access_token)).toStrictEqual({ id: 12345 });
    expect((await client.consentPage()).html).toContain('<h3>Yours</h3>');
  });

  test('are deleted, but not that of the migration', async () => {
    const page = await (await open('/admin/scopes')).submit('Add Scope', SCOPE);
    expect(page.html.match(/\/delete"/g)).toHaveLength(1);
    const after = await page.submit('Delete');
    expect(after.html).not.toContain('mail.read');
    expect((await post('/admin/scopes/user.read/delete')).html).toContain('user.read');
  });

  test.each([
    ['a name with a space', { scope: 'two words' }],
    ['a path without a slash', { resourcePath: 'api/user' }],
    ['another method', { method: 'BREW' }],
  ])('are refused with %s, and what was typed stays', async (_name, changes) => {
    const page = await open('/admin/scopes');
    const refused = await page.submit('Add Scope', { ...SCOPE, ...changes });
    expect(refused.html).toContain('role="alert"');
    expect(refused.html).toContain('value="fas fa-envelope"');
  });
});

test('tokens are counted, and the expired ones are cleared away; others nobody can revoke', async () => {
  const client = new FlarumClient(emulator);
  const { access_token } = await client.tokens();
  now += 3600_000;
  const fresh = await client.tokens();
  const page = await open('/admin/tokens');
  expect(page.html).toMatch(/Access tokens<\/dt><dd>2, 1 of them expired/);
  expect((await client.userBody(access_token)).error_description).toContain('has expired');
  await page.submit('Delete expired tokens');
  expect((await client.userBody(access_token)).error_description).toContain('is invalid');
  expect((await client.userBody(fresh.access_token)).username).toBe('yating');
});
