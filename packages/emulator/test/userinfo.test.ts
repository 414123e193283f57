import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Emulator, startEmulator } from '../src/emulator.ts';
import { DemoApp } from './demo-app.ts';

let emulator: Emulator;
let app: DemoApp;
beforeAll(async () => {
  emulator = await startEmulator();
  app = new DemoApp(emulator);
});
afterAll(() => emulator.close());
beforeEach(() => emulator.control.reset());

const ACCOUNT = { id: 12345, created_time: 1_640_995_200, status: 1 };
const PROFILE = { username: 'yating', email: 'yating@example.com' };
const BALANCE = { quota: 1_000_000, used_quota: 250_000, balance_formatted: '750.00' };

describe('the user, in the fields and types of the document, as far as the scope goes', () => {
  test.each([
    ['profile balance', { ...ACCOUNT, ...PROFILE, ...BALANCE }],
    ['balance profile', { ...ACCOUNT, ...PROFILE, ...BALANCE }],
    ['profile', { ...ACCOUNT, ...PROFILE }],
    ['balance', { ...ACCOUNT, ...BALANCE }],
  ])('%s', async (scope, user) => {
    const { access_token } = await app.tokens({ scope });
    const response = await app.get('userinfo', access_token);
    expect(response.status).toBe(200);
    expect(await response.json()).toStrictEqual(user);
  });

  test('a grant may be narrower than what was asked for', async () => {
    emulator.control.setGrantedScope('profile');
    const { access_token, scope } = await app.tokens({ scope: 'profile balance' });
    expect(scope).toBe('profile');
    const response = await app.get('userinfo', access_token);
    expect(await response.json()).toStrictEqual({ ...ACCOUNT, ...PROFILE });
  });
});

test.each([
  [1_000_000, 250_000, '750.00'],
  [12_345, 0, '12.35'],
  [1000, 1000, '0.00'],
  [0, 500, '-0.50'],
])('a quota of %i with %i used is a balance of %s', async (quota, used_quota, formatted) => {
  emulator.control.setUser('yating', { quota, used_quota });
  const { access_token } = await app.tokens();
  const user = await (await app.get('userinfo', access_token)).json();
  expect(user).toMatchObject({ quota, used_quota, balance_formatted: formatted });
});

describe.each(['userinfo', 'topup'] as const)('%s without a live token', (endpoint) => {
  test.each([
    ['no token', {}, 'Bearer'],
    ['another scheme', { Authorization: 'Basic eDp5' }, 'Bearer'],
    ['an unknown token', { Authorization: 'Bearer eyJ.x.y' }, 'Bearer error="invalid_token"'],
  ])('%s is 401 with a challenge', async (_name, headers, challenge) => {
    const response = await app.get(endpoint, '', { headers });
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toContain(challenge);
    expect(await response.json()).toStrictEqual({
      error: 'invalid_token',
      error_description: expect.any(String),
    });
  });

  test('a refresh token is none', async () => {
    const { refresh_token } = await app.tokens();
    expect((await app.get(endpoint, refresh_token)).status).toBe(401);
  });

  test('a live token under another scheme is none', async () => {
    const { access_token } = await app.tokens();
    const headers = { Authorization: `Basic ${access_token}` };
    expect((await app.get(endpoint, '', { headers })).status).toBe(401);
  });

  test('a token in the query is none', async () => {
    const { access_token } = await app.tokens();
    const url = `${app.base}/api/oauth2/${endpoint}?access_token=${access_token}`;
    expect((await fetch(url)).status).toBe(401);
  });
});
