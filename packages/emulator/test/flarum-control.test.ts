import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  type ControlClient,
  createControlClient,
  type Emulator,
  startEmulator,
} from '../src/emulator.ts';
import { WEICHEN } from './demo-users.ts';
import { FlarumClient } from './flarum-client.ts';

let emulator: Emulator;
let control: ControlClient<'flarum'>;
let client: FlarumClient;
beforeAll(async () => {
  emulator = await startEmulator({ control: true });
  control = createControlClient(emulator.url, 'flarum');
  client = new FlarumClient(emulator);
});
afterAll(() => emulator.close());
beforeEach(() => control.reset());

test('registerApp takes one address or several, and gives id and secret', async () => {
  const redirectUri = 'https://one.example/cb https://two.example/cb';
  const app = await control.registerApp({ name: 'Own', redirectUri });
  expect(app).toMatchObject({ redirectUri, scope: '', grantTypes: '' });
  expect([app.clientId, app.clientSecret].join()).toMatch(/^[0-9a-f]{32},[0-9a-f]{32}$/);
  await expect(control.registerApp({ name: 'x', redirectUri: 'cb' })).rejects.toThrow('400');
});

test('setLifetimes holds for what is issued from then on', async () => {
  await control.setLifetimes({ accessToken: 5, refreshToken: 0 });
  const { expires_in, refresh_token } = await client.tokens();
  expect(expires_in).toBe('5');
  expect(await client.refresh(refresh_token)).toMatchObject({ error: 'invalid_grant' });
  await control.setLifetimes({ code: 0 });
  expect(await client.tokens()).toMatchObject({ error: 'invalid_grant' });
});

test('expireAccessTokens: expired now, and a refresh helps once', async () => {
  const tokens = await client.tokens();
  await control.expireAccessTokens();
  expect((await client.userBody(tokens.access_token)).error_description).toContain('has expired');
  const { access_token } = await client.refresh(tokens.refresh_token);
  expect((await client.userBody(access_token)).username).toBe('yating');
});

test('revokeGrants: of one user, of one app, or of all', async () => {
  const yating = await client.tokens();
  const weichen = await client.tokens({ user: WEICHEN });
  const isGood = async ({ access_token }: { access_token: string }) =>
    (await client.userBody(access_token)).error === undefined;
  await control.revokeGrants({ username: 'weichen' });
  expect([await isGood(yating), await isGood(weichen)]).toEqual([true, false]);
  await control.revokeGrants({ clientId: 'another' });
  expect(await isGood(yating)).toBe(true);
  const code = await client.code();
  await control.revokeGrants();
  expect(await isGood(yating)).toBe(false);
  expect(await client.refresh(yating.refresh_token)).toMatchObject({ error: 'invalid_grant' });
  expect(await client.redeem(code)).toMatchObject({ error: 'invalid_grant' });
});

test('stats count calls, grants and refreshes at the same time', async () => {
  const { access_token, refresh_token } = await client.tokens();
  await control.addFault({ endpoint: 'refresh', kind: 'delay', ms: 500 });
  await Promise.all([1, 2, 3].map(() => client.refresh(refresh_token)));
  await client.user(access_token);
  expect(await control.stats()).toStrictEqual({
    calls: { authorize: 2, token: 1, refresh: 3, userinfo: 1 },
    grants: [
      {
        username: 'yating',
        clientId: client.clientId,
        scope: 'user.read',
        revoked: false,
        refreshes: 1,
        maxConcurrentRefreshes: 3,
      },
    ],
    refreshReuses: 2,
    codeReuses: 0,
    maxConcurrentRefreshesPerGrant: 3,
    liveGrants: 1,
  });
});

test('refreshes with a token that was used are of its grant too', async () => {
  const { refresh_token } = await client.tokens();
  await client.refresh(refresh_token);
  await control.addFault({ endpoint: 'refresh', kind: 'delay', ms: 500 });
  await Promise.all([1, 2].map(() => client.refresh(refresh_token)));
  expect(await control.stats()).toMatchObject({ maxConcurrentRefreshesPerGrant: 2 });
});

test('a grant lives as long as one of its tokens', async () => {
  const liveGrants = async () => (await control.stats()).liveGrants;
  await control.setLifetimes({ accessToken: 0 });
  const { refresh_token } = await client.tokens();
  expect(await liveGrants()).toBe(1);
  await client.refresh(refresh_token);
  expect(await liveGrants()).toBe(0);
});

describe('a fault hits the endpoint it is laid on, and no other', () => {
  const call = {
    authorize: () => fetch(client.authorizeUrl()),
    token: () => client.token({ grant_type: 'authorization_code' }),
    refresh: () => client.token({ grant_type: 'refresh_token' }),
    userinfo: () => client.user('none'),
  };
  const endpoints = Object.keys(call) as (keyof typeof call)[];

  test.each(endpoints)('%s', async (faulty) => {
    await control.addFault({ endpoint: faulty, kind: 'status', status: 503 });
    for (const endpoint of endpoints) {
      const { status } = await call[endpoint]();
      expect([endpoint, status === 503]).toEqual([endpoint, endpoint === faulty]);
    }
    await control.clearFaults();
    expect((await call[faulty]()).status).not.toBe(503);
  });
});

test('lost-answer: the refresh is done, and its one shot is gone', async () => {
  const { refresh_token } = await client.tokens();
  await control.addFault({ endpoint: 'refresh', kind: 'lost-answer', times: 1 });
  await expect(client.refresh(refresh_token)).rejects.toThrow();
  expect(await client.refresh(refresh_token)).toMatchObject({ error: 'invalid_grant' });
});

test('setScope adds and changes rows, removeScope takes them away', async () => {
  await control.setScope('mail.read', { name: 'Mail', isDefault: true });
  const scopeOf = async () => (await client.tokens({ params: { scope: undefined } })).scope;
  expect(await scopeOf()).toBe('user.read mail.read');
  await control.removeScope('mail.read');
  expect(await scopeOf()).toBe('user.read');
});

test('setUser changes a member', async () => {
  await control.setUser('yating', { nickname: null, avatar: 'https://cdn.example/a.png' });
  const { access_token } = await client.tokens();
  expect(await client.userBody(access_token)).toMatchObject({
    nickname: null,
    avatar_url: 'https://cdn.example/a.png',
  });
  await expect(control.setUser('nobody', {})).rejects.toThrow('404');
});

test('requests tell names and no values', async () => {
  const { access_token } = await client.tokens();
  await client.user(access_token);
  const requests = await control.requests();
  expect(requests.at(-1)).toMatchObject({
    method: 'GET',
    path: '/flarum/api/user',
    headers: expect.arrayContaining(['authorization']),
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
  const secrets = await control.issuedSecrets();
  expect(new Set(secrets.map(({ kind }) => kind))).toEqual(
    new Set(['client_secret', 'code', 'access_token', 'refresh_token']),
  );
  for (const { value } of secrets) expect(told).not.toContain(value);
});

test('reset forgets all but the clients', async () => {
  const { access_token } = await client.tokens();
  await control.setPluginSettings({ enforceState: true, useOauth: 'administrators' });
  await control.setDenyMode('grant');
  await control.setExpiresInAs('number');
  await control.setNicknames(false);
  await control.setDisplayErrors(true);
  await control.setScope('user.read', { visibleFields: 'id' });
  await control.setUser('yating', { email: 'new@example.com' });
  await control.setLifetimes({ accessToken: 1 });
  await control.addFault({ endpoint: 'token', kind: 'status' });
  await control.reset();
  expect(await client.userBody(access_token)).toMatchObject({ error: 'invalid_token' });
  expect(await control.stats()).toMatchObject({ grants: [], liveGrants: 0, calls: { token: 0 } });
  const denied = await (await client.consentPage()).submit('Deny');
  expect(denied.params.get('error')).toBe('access_denied');
  const fresh = await client.tokens({ params: { state: undefined } });
  expect(fresh.expires_in).toBe('3600');
  expect(await client.userBody(fresh.access_token)).toMatchObject({
    nickname: '雅婷',
    email: 'yating@example.com',
  });
});
