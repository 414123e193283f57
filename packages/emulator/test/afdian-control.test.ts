import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  type ControlClient,
  createControlClient,
  type Emulator,
  startEmulator,
} from '../src/emulator.ts';
import { AfdianClient } from './afdian-client.ts';
import { Browser } from './browser.ts';

let emulator: Emulator;
let control: ControlClient<'afdian'>;
let client: AfdianClient;
beforeAll(async () => {
  emulator = await startEmulator({ control: true });
  control = createControlClient(emulator.url, 'afdian');
  client = new AfdianClient(emulator);
});
afterAll(() => emulator.close());
beforeEach(() => control.reset());

test('registerApp makes a word of the name, and trusts the host of the callback', async () => {
  const redirectUri = 'https://app.example/oauth/callback';
  const app = await control.registerApp({ name: 'Tea & Paper 2', redirectUri });
  expect(app).toMatchObject({ clientId: 'tea-paper-2', trustedDomain: 'app.example' });
  expect(app.clientSecret).toMatch(/^[0-9a-f]{64}$/);
  const again = await control.registerApp({ name: 'Tea & Paper 2', redirectUri });
  expect(again.clientId).toBe('tea-paper-2-2');
  const nameless = await control.registerApp({ name: '夜讀', redirectUri });
  expect(nameless.clientId).toBe('app');
});

test('registerApp takes a clientId, a secret and a trusted domain', async () => {
  const own = { clientId: 'word', clientSecret: 'x'.repeat(16), trustedDomain: 'Example.com' };
  const request = { name: 'Own', redirectUri: 'https://app.example.com/cb', ...own };
  expect(await control.registerApp(request)).toMatchObject({
    ...own,
    trustedDomain: 'example.com',
  });
  await expect(control.registerApp({ name: 'x', redirectUri: 'cb' })).rejects.toThrow('400');
});

test('setLifetimes: of codes, the only ones there are', async () => {
  await control.setLifetimes({ code: 0 });
  expect(await client.ask(await client.code())).toMatchObject({ ec: 400 });
});

test('setUser: name and avatar, where they show', async () => {
  await control.setNameAndAvatar(true);
  await control.setUser('yating', { name: 'Yating', avatar: 'https://pic1.afdiancdn.com/a.jpg' });
  expect(await client.ask(await client.code())).toMatchObject({
    data: { name: 'Yating', avatar: 'https://pic1.afdiancdn.com/a.jpg' },
  });
  await expect(control.setUser('nobody', {})).rejects.toThrow('404');
});

test('stats have the shape of every persona; what comes of tokens is zero', async () => {
  const code = await client.code();
  await client.ask(code);
  await client.ask(code);
  await fetch(`${client.base}/api/user/get-profile`);
  expect(await control.stats()).toStrictEqual({
    calls: { authorize: 2, token: 2, profile: 1 },
    grants: [
      {
        clientId: client.clientId,
        username: 'yating',
        scope: 'basic',
        revoked: false,
        refreshes: 0,
        maxConcurrentRefreshes: 0,
      },
    ],
    refreshReuses: 0,
    codeReuses: 1,
    maxConcurrentRefreshesPerGrant: 0,
    liveGrants: 0,
  });
});

describe('a fault hits the endpoint it is laid on, and no other', () => {
  const call = {
    authorize: () => new Browser().request(client.authorizeUrl()),
    token: () => client.redeem('none'),
    profile: () => fetch(`${client.base}/api/user/get-profile?user_id=x`),
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

test('requests tell names and no values', async () => {
  await client.ask(await client.code());
  const requests = await control.requests();
  expect(requests.at(-1)).toMatchObject({
    method: 'POST',
    path: '/afdian/api/oauth2/access_token',
    params: ['grant_type', 'client_id', 'client_secret', 'code', 'redirect_uri'],
    status: 200,
  });
  const told = JSON.stringify(requests);
  const secrets = await control.issuedSecrets();
  expect(secrets.map(({ kind }) => kind)).toContain('code');
  for (const { value } of secrets) expect(told).not.toContain(value);
});

test('reset forgets all but the apps', async () => {
  const code = await client.code();
  await control.setNameAndAvatar(true);
  await control.setLenientAuthorize(true);
  await control.setLifetimes({ code: 0 });
  await control.setUser('yating', { name: 'Somebody' });
  await control.addFault({ endpoint: 'token', kind: 'status' });
  await control.reset();
  expect(await client.ask(code)).toMatchObject({ ec: 400 });
  expect(await control.stats()).toMatchObject({ grants: [], codeReuses: 0 });
  expect((await control.issuedSecrets()).map(({ kind }) => kind)).not.toContain('code');
  const sparse = await new Browser().request(client.authorizeUrl({ scope: undefined }));
  expect(sparse.status).toBe(400);
  const { ec, data } = await client.ask(await client.code());
  expect([ec, Object.keys(data)]).toEqual([200, ['user_id', 'user_private_id']]);
});
