import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  type ControlClient,
  createControlClient,
  type Emulator,
  startEmulator,
} from '../src/emulator.ts';
import { DemoApp, type Tokens } from './demo-app.ts';

let emulator: Emulator;
let control: ControlClient;
let app: DemoApp;
beforeAll(async () => {
  emulator = await startEmulator({ control: true });
  control = createControlClient(emulator.url);
  app = new DemoApp(emulator);
});
afterAll(() => emulator.close());
beforeEach(() => control.reset());

function post(path: string, body: unknown, type = 'application/json'): Promise<Response> {
  const headers = { 'Content-Type': type };
  return fetch(emulator.url + path, { method: 'POST', headers, body: JSON.stringify(body) });
}

test('a client that is awaited is no promise', async () => {
  expect(await Promise.resolve(control)).toBe(control);
});

test('every method of the object is one of the client', async () => {
  const answers = Object.keys(emulator.control).map((name) =>
    post(`/control/aihubmix/${name}`, {}),
  );
  for (const answer of await Promise.all(answers)) expect(answer.status).toBe(400);
});

test('without control: true there is no control API', async () => {
  const closed = await startEmulator();
  for (const name of Object.keys(closed.control)) {
    const response = await fetch(`${closed.url}/control/aihubmix/${name}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: '[]',
    });
    expect([name, response.status]).toEqual([name, 404]);
  }
  await expect(createControlClient(closed.url).stats()).rejects.toThrow('404');
  await closed.close();
});

describe('what is refused', () => {
  const path = '/control/aihubmix/addFault';
  const fault = { endpoint: 'token', kind: 'status' };
  test.each<[string, number, () => Promise<Response>]>([
    ['an unknown operation', 404, () => post('/control/aihubmix/explode', [])],
    ['a name of the prototype', 404, () => post('/control/aihubmix/constructor', [])],
    ['an unknown persona', 404, () => post('/control/nobody/reset', [])],
    ['a GET', 404, () => fetch(emulator.url + path)],
    ['no list of arguments', 400, () => post(path, fault)],
    ['an argument too many', 400, () => post('/control/aihubmix/reset', [1])],
    ['an unknown kind', 400, () => post(path, [{ ...fault, kind: 'explode' }])],
    ['an unknown field', 400, () => post(path, [{ ...fault, often: 3 }])],
    ['a form of another site', 400, () => post(path, [fault], 'text/plain')],
    ['an unknown user', 404, () => post('/control/aihubmix/setUser', ['nobody', {}])],
  ])('%s is %i', async (_name, status, call) => {
    const response = await call();
    expect(response.status).toBe(status);
    expect(response.headers.get('access-control-allow-origin')).toBeNull();
  });

  test('the object checks its arguments as well', () => {
    expect(() => emulator.control.setLifetimes({ accessToken: -1 })).toThrow('accessToken');
    expect(() => emulator.control.setUser('nobody', {})).toThrow('nobody');
  });
});

test('setLifetimes holds for what is issued from then on', async () => {
  await control.setLifetimes({ accessToken: 5 });
  expect(await app.tokens()).toMatchObject({ expires_in: 5 });
  await control.setLifetimes({ refreshToken: 0 });
  const { refresh_token, expires_in } = await app.tokens();
  expect(expires_in).toBe(5);
  expect((await app.refresh(refresh_token)).status).toBe(400);
  await control.setLifetimes({ code: 0 });
  expect((await app.redeem(await app.code())).status).toBe(400);
});

test('expireAccessTokens: 401 now, and a refresh helps', async () => {
  const tokens = await app.tokens();
  await control.expireAccessTokens();
  expect((await app.get('userinfo', tokens.access_token)).status).toBe(401);
  const fresh = (await (await app.refresh(tokens.refresh_token)).json()) as Tokens;
  expect((await app.get('userinfo', fresh.access_token)).status).toBe(200);
});

test('revokeGrants: of one user, or of all', async () => {
  const tokens = await app.tokens();
  await control.revokeGrants({ username: 'weichen' });
  expect((await app.get('userinfo', tokens.access_token)).status).toBe(200);
  await control.revokeGrants();
  expect((await app.get('userinfo', tokens.access_token)).status).toBe(401);
  expect((await app.refresh(tokens.refresh_token)).status).toBe(400);
});

test('registerApp gives an app that works', async () => {
  const redirectUri = 'http://localhost:9999/cb';
  const registered = await control.registerApp({ name: 'By control', redirectUri });
  const url = app.authorizeUrl({ client_id: registered.clientId, redirect_uri: redirectUri });
  expect((await fetch(url)).status).toBe(200);
  await expect(control.registerApp({ name: 'x', redirectUri: 'http://x.example' })).rejects.toThrow(
    '400',
  );
});

test('setUser: the balance in credits, or the raw quotas', async () => {
  const { access_token } = await app.tokens();
  const read = async () => (await app.get('userinfo', access_token)).json();
  await control.setUser('yating', { balance: 12.5 });
  expect(await read()).toMatchObject({
    quota: 262_500,
    used_quota: 250_000,
    balance_formatted: '12.50',
  });
  await control.setUser('yating', { quota: 3000, used_quota: 1000, email: 'new@example.com' });
  expect(await read()).toMatchObject({ balance_formatted: '2.00', email: 'new@example.com' });
});

test('stats count calls, grants and refreshes at the same time', async () => {
  const tokens = await app.tokens();
  await control.setRefreshRotation(false);
  await control.addFault({ endpoint: 'refresh', kind: 'delay', ms: 50 });
  await Promise.all([1, 2, 3].map(() => app.refresh(tokens.refresh_token)));
  await app.refresh(tokens.refresh_token);
  await app.get('userinfo', tokens.access_token);
  expect(await control.stats()).toStrictEqual({
    calls: { authorize: 2, token: 1, refresh: 4, userinfo: 1, topup: 0 },
    grants: [
      {
        username: 'yating',
        clientId: app.clientId,
        scope: 'profile balance',
        revoked: false,
        refreshes: 4,
        maxConcurrentRefreshes: 3,
      },
    ],
    refreshReuses: 0,
    codeReuses: 0,
    maxConcurrentRefreshesPerGrant: 3,
    liveGrants: 1,
  });
});

test('refreshes of different grants at once are one each', async () => {
  const [one, two] = [await app.tokens(), await app.tokens()];
  await control.addFault({ endpoint: 'refresh', kind: 'delay', ms: 50 });
  await Promise.all([one, two].map(({ refresh_token }) => app.refresh(refresh_token)));
  expect((await control.stats()).maxConcurrentRefreshesPerGrant).toBe(1);
});

test('requests tell names, and no values', async () => {
  const tokens = await app.tokens();
  await app.get('userinfo', tokens.access_token);
  const requests = await control.requests();
  expect(requests.at(-1)).toMatchObject({
    method: 'GET',
    path: '/aihubmix/api/oauth2/userinfo',
    headers: expect.arrayContaining(['authorization']),
    params: [],
    status: 200,
  });
  expect(requests.at(-2)?.params).toStrictEqual([
    'client_id',
    'client_secret',
    'grant_type',
    'code',
    'redirect_uri',
  ]);
  const told = JSON.stringify(requests);
  for (const { value } of await control.issuedSecrets()) expect(told).not.toContain(value);
});

test('issuedSecrets are all that was ever issued, and of apps the secrets that are still good', async () => {
  const code = await app.code();
  const first = (await (await app.redeem(code)).json()) as Tokens;
  const second = (await (await app.refresh(first.refresh_token)).json()) as Tokens;
  const values = (await control.issuedSecrets()).map((secret) => `${secret.kind} ${secret.value}`);
  expect(values).toEqual(
    expect.arrayContaining([
      `client_secret ${app.clientSecret}`,
      `code ${code}`,
      `access_token ${first.access_token}`,
      `refresh_token ${first.refresh_token}`,
      `access_token ${second.access_token}`,
      `refresh_token ${second.refresh_token}`,
    ]),
  );
});

test('reset forgets all but the apps', async () => {
  const tokens = await app.tokens();
  await control.setUser('yating', { balance: 1 });
  await control.setLifetimes({ accessToken: 1 });
  await control.setGrantedScope('profile');
  await control.setRefreshRotation(false);
  await control.addFault({ endpoint: 'token', kind: 'status' });
  await control.reset();
  expect((await app.get('userinfo', tokens.access_token)).status).toBe(401);
  expect(await control.stats()).toMatchObject({ grants: [], liveGrants: 0, calls: { token: 0 } });
  expect((await control.issuedSecrets()).map((secret) => secret.kind)).not.toContain('code');
  const fresh = await app.tokens();
  expect(fresh).toMatchObject({ expires_in: 7200, scope: 'profile balance' });
  expect(await (await app.refresh(fresh.refresh_token)).json()).toHaveProperty('refresh_token');
  const user = await (await app.get('userinfo', fresh.access_token)).json();
  expect(user).toMatchObject({ balance_formatted: '750.00' });
});
