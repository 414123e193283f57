import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  type ControlClient,
  createControlClient,
  type Emulator,
  startEmulator,
} from '../src/emulator.ts';
import { ENDPOINTS, type Endpoint } from '../src/personas/rememberizer/endpoints.ts';
import { ALL, KYOTO, RememberizerApp } from './rememberizer-app.ts';

let emulator: Emulator;
let control: ControlClient<'rememberizer'>;
let app: RememberizerApp;
beforeAll(async () => {
  emulator = await startEmulator({ control: true });
  control = createControlClient(emulator.url, 'rememberizer');
  app = new RememberizerApp(emulator);
});
afterAll(() => emulator.close());
beforeEach(() => control.reset());

function post(path: string, body: unknown = {}, headers: Record<string, string> = {}) {
  return fetch(`${app.base}/api/v1/${path}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
}

async function cookies(): Promise<{ access_token: string; refresh_token: string }> {
  const credentials = { login: 'yating', password: 'moonlight-oolong', captcha: 'x' };
  const lines = (await post('auth/signin/', credentials)).headers.getSetCookie();
  return Object.fromEntries(lines.map((line) => (line.split(';')[0] ?? '').split('=')));
}

async function isLive(accessToken: string): Promise<boolean> {
  return (await app.call(accessToken, 'account/')).status === 200;
}

test('it is there from another process', async () => {
  await control.setTokenAnswer('full');
  expect(await app.tokens()).toMatchObject({ expires_in: 3600 });
});

describe('what is refused', () => {
  test.each<[string, () => Promise<unknown>]>([
    ['an app without a redirect URI', () => control.registerApp({ name: 'x' })],
    ['an empty list of them', () => control.registerApp({ name: 'x', redirectUris: [] })],
    ['http elsewhere', () => control.registerApp({ name: 'x', redirectUri: 'http://x.example' })],
    [
      'a landing page that runs',
      () =>
        control.registerApp({
          name: 'x',
          redirectUri: 'https://x.example',
          landingPageUrl: 'javascript:alert(1)',
        }),
    ],
    ['a life of less than nothing', () => control.setLifetimes({ accessCookie: -1 })],
    ['somebody unknown', () => control.setUser('nobody', { name: 'N' })],
    ['a quirk that is none', () => control.setTokenAnswer('short' as 'full')],
  ])('%s', async (_name, ask) => {
    await expect(ask()).rejects.toThrow(/40[04]/);
  });
});

describe('a fault can be laid on every endpoint', () => {
  const authorization = async () => ({ Authorization: `Bearer ${(await cookies()).access_token}` });
  const get = async (path: string) => {
    return fetch(`${app.base}/api/v1/${path}`, { headers: await authorization() });
  };
  const CALLS: Record<Endpoint, () => Promise<Response>> = {
    authorize: () => fetch(app.authorizeUrl()),
    token: () => app.redeem('code'),
    refresh: () => app.refresh('token'),
    account: () => get('account/'),
    me: () => get('me/'),
    documents: () => get('documents/'),
    search: () => get('documents/search/?q=tea'),
    contents: () => get('documents/4101/contents/'),
    memorize: async () => post('documents/memorize/', {}, await authorization()),
    discussions: () => get('discussions/4201/contents/?integration_type=slack'),
    integrations: () => get('integrations/'),
    mementos: () => get('mementos/'),
    'common-knowledge': () => get('common-knowledge/subscribed-list/'),
    signup: () => post('auth/signup/'),
    signin: () => post('auth/signin/'),
    'verify-email': () => post('auth/verify-email/'),
    'custom-refresh': () => post('auth/custom-refresh/'),
    'custom-logout': () => post('auth/custom-logout/'),
  };

  test.each(ENDPOINTS)('%s', async (endpoint) => {
    await control.addFault({ endpoint, kind: 'status', status: 418, times: 1 });
    expect((await CALLS[endpoint]()).status).toBe(418);
    expect((await CALLS[endpoint]()).status).not.toBe(418);
    expect((await control.stats()).calls[endpoint]).toBe(2);
  });

  test('cleared faults are gone', async () => {
    await control.addFault({ endpoint: 'account', kind: 'status' });
    await control.clearFaults();
    expect((await CALLS.account()).status).toBe(200);
  });

  test('a refresh of cookies whose answer is lost has replaced them all the same', async () => {
    const { refresh_token } = await cookies();
    const cookie = { Cookie: `refresh_token=${refresh_token}` };
    await control.addFault({ endpoint: 'custom-refresh', kind: 'lost-answer', times: 1 });
    await expect(post('auth/custom-refresh/', {}, cookie)).rejects.toThrow('fetch failed');
    expect((await post('auth/custom-refresh/', {}, cookie)).status).toBe(401);
    expect((await control.stats()).refreshReuses).toBe(1);
  });
});

test('stats count both kinds of session together', async () => {
  const tokens = await app.tokens();
  const { refresh_token } = await cookies();
  await control.setRefreshCookieRotation(false);
  await control.addFault({ endpoint: 'custom-refresh', kind: 'delay', ms: 50 });
  const cookie = { Cookie: `refresh_token=${refresh_token}` };
  await Promise.all([1, 2, 3].map(() => post('auth/custom-refresh/', {}, cookie)));
  await app.refresh(tokens.refresh_token);
  const stats = await control.stats();
  expect(stats.calls).toMatchObject({
    authorize: 2,
    token: 1,
    refresh: 1,
    signin: 1,
    'custom-refresh': 3,
    account: 0,
  });
  expect(stats).toMatchObject({
    grants: [
      {
        username: 'yating',
        clientId: app.clientId,
        scope: 'offline_access',
        revoked: false,
        refreshes: 1,
        maxConcurrentRefreshes: 1,
      },
      { username: 'yating', clientId: 'account-api', refreshes: 3, maxConcurrentRefreshes: 3 },
    ],
    refreshReuses: 0,
    codeReuses: 0,
    maxConcurrentRefreshesPerGrant: 3,
    liveGrants: 2,
  });
});

test('expireAccessTokens: 401 now for tokens and cookies, and a refresh helps', async () => {
  const [tokens, session] = [await app.tokens(), await cookies()];
  await control.expireAccessTokens();
  expect(await isLive(tokens.access_token)).toBe(false);
  expect(await isLive(session.access_token)).toBe(false);
  expect((await app.refresh(tokens.refresh_token)).status).toBe(200);
  const cookie = { Cookie: `refresh_token=${session.refresh_token}` };
  expect((await post('auth/custom-refresh/', {}, cookie)).status).toBe(204);
});

describe('revokeGrants', () => {
  test('of one app: its tokens and its entry among the connected apps', async () => {
    const [tokens, session] = [await app.tokens(), await cookies()];
    await control.revokeGrants({ clientId: app.clientId });
    expect(await isLive(tokens.access_token)).toBe(false);
    expect((await app.refresh(tokens.refresh_token)).status).toBe(400);
    expect(await isLive(session.access_token)).toBe(true);
    expect(await control.connections()).toStrictEqual([]);
  });

  test('of another user: nothing; of all: the cookies too', async () => {
    const [tokens, session] = [await app.tokens(), await cookies()];
    await control.revokeGrants({ username: 'weichen' });
    expect(await isLive(tokens.access_token)).toBe(true);
    expect(await isLive(session.access_token)).toBe(true);
    await control.revokeGrants();
    expect(await isLive(tokens.access_token)).toBe(false);
    expect(await isLive(session.access_token)).toBe(false);
  });
});

test('setLifetimes holds for what is issued from then on', async () => {
  await control.setTokenAnswer('full');
  await control.setLifetimes({ accessToken: 5 });
  expect(await app.tokens()).toMatchObject({ expires_in: 5 });
  await control.setLifetimes({ refreshToken: 0 });
  const tokens = await app.tokens();
  expect(tokens).toMatchObject({ expires_in: 5 });
  expect((await app.refresh(tokens.refresh_token)).status).toBe(400);
  await control.setLifetimes({ code: 0 });
  expect((await app.redeem(await app.code())).status).toBe(400);
});

test('connections tell who chose what', async () => {
  await app.tokens({ choice: { memento: KYOTO, memory: 'on' } });
  expect(await control.connections()).toStrictEqual([
    {
      username: 'yating',
      clientId: app.clientId,
      status: 'connected',
      since: expect.any(Number),
      mementos: [302],
      memory: true,
    },
  ]);
});

test('setUser changes what the account says', async () => {
  const { access_token } = await app.tokens();
  await control.setUser('yating', { name: 'Y', email: 'y@example.com', emailVerified: false });
  expect(await app.read(access_token, 'me/')).toMatchObject({
    name: 'Y',
    email: 'y@example.com',
    email_verified: false,
  });
});

test('issuedSecrets are all that was ever issued, cookies too, and requests tell no value', async () => {
  const code = await app.code();
  const first = await (await app.redeem(code)).json();
  const session = await cookies();
  await isLive(session.access_token);
  const secrets = (await control.issuedSecrets()).map(({ kind, value }) => `${kind} ${value}`);
  expect(secrets).toEqual(
    expect.arrayContaining([
      `client_secret ${app.clientSecret}`,
      `code ${code}`,
      `access_token ${(first as { access_token: string }).access_token}`,
      `access_token ${session.access_token}`,
      `refresh_token ${session.refresh_token}`,
    ]),
  );
  const requests = await control.requests();
  const signin = requests.find(({ path }) => path === '/rememberizer/api/v1/auth/signin/');
  expect(signin).toMatchObject({ params: ['login', 'password', 'captcha'], status: 204 });
  const told = JSON.stringify(requests);
  for (const { value } of await control.issuedSecrets()) expect(told).not.toContain(value);
});

test('reset forgets all but the apps', async () => {
  const [tokens, session] = [await app.tokens(), await cookies()];
  await control.setTokenAnswer('full');
  await control.setSearchEnvelope('data');
  await control.setLifetimes({ accessCookie: 1 });
  await control.setUser('yating', { name: 'Y' });
  await app.call(tokens.access_token, 'documents/memorize/', { name: 'A', content: 'B' });
  await control.reset();
  expect(await isLive(tokens.access_token)).toBe(false);
  expect(await isLive(session.access_token)).toBe(false);
  expect(await control.connections()).toStrictEqual([]);
  expect(await control.stats()).toMatchObject({ grants: [], liveGrants: 0, calls: { token: 0 } });
  const fresh = await app.tokens({ choice: { memento: ALL, memory: 'on' } });
  expect(fresh).not.toHaveProperty('expires_in');
  expect(await app.read(fresh.access_token, 'account/')).toMatchObject({ name: 'Lin Yating' });
  expect(await app.read(fresh.access_token, 'documents/')).toMatchObject({ count: 12 });
});
