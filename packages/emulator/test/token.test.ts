import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Emulator, startEmulator } from '../src/emulator.ts';
import { DemoApp, type Tokens } from './demo-app.ts';

let emulator: Emulator;
let app: DemoApp;
let other: DemoApp;
let now = Date.now();
beforeAll(async () => {
  emulator = await startEmulator({ now: () => now });
  app = new DemoApp(emulator);
  other = new DemoApp(emulator, 'Other app');
});
afterAll(() => emulator.close());
beforeEach(() => emulator.control.reset());

test('a code gives the flat answer of the document', async () => {
  const response = await app.redeem(await app.code());
  expect(response.status).toBe(200);
  expect(response.headers.get('cache-control')).toBe('no-store');
  expect(response.headers.get('content-type')).toContain('application/json');
  expect(await response.json()).toStrictEqual({
    access_token: expect.stringMatching(/^eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9\.[\w-]+\.[\w-]+$/),
    token_type: 'Bearer',
    expires_in: 7200,
    refresh_token: expect.stringMatching(/^refresh_[0-9a-f]{64}$/),
    scope: 'profile balance',
  });
});

describe('RFC 6749 section 5.2', () => {
  const code = 'whatever';
  const grant = { grant_type: 'authorization_code', code };
  test.each<[string, number, string, Record<string, string>]>([
    ['no grant_type', 400, 'invalid_request', { grant_type: '' }],
    ['another grant_type', 400, 'unsupported_grant_type', { grant_type: 'password' }],
    ['a grant_type of the prototype', 400, 'unsupported_grant_type', { grant_type: 'constructor' }],
    ['no code', 400, 'invalid_request', { ...grant, code: '', redirect_uri: 'x' }],
    ['no redirect_uri', 400, 'invalid_request', grant],
    ['an unknown code', 400, 'invalid_grant', { ...grant, redirect_uri: 'x' }],
    ['no refresh_token', 400, 'invalid_request', { grant_type: 'refresh_token' }],
    ['an unknown client', 401, 'invalid_client', { ...grant, client_id: 'client_unknown' }],
    ['no client', 401, 'invalid_client', { ...grant, client_id: '' }],
    ['a wrong secret', 401, 'invalid_client', { ...grant, client_secret: 'secret_wrong' }],
    ['no secret', 401, 'invalid_client', { ...grant, client_secret: '' }],
  ])('%s is %i %s', async (_name, status, error, form) => {
    const response = await app.token(form);
    expect(response.status).toBe(status);
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(await response.json()).toStrictEqual({ error, error_description: expect.any(String) });
  });

  test('a JSON body is invalid_request', async () => {
    const body = JSON.stringify({ ...grant, redirect_uri: app.redirectUri });
    const headers = { 'Content-Type': 'application/json' };
    const response = await app.token({}, { body, headers });
    expect(response.status).toBe(400);
    expect(await response.json()).toStrictEqual({
      error: 'invalid_request',
      error_description: 'the body must be a form',
    });
  });

  test('a parameter given twice is invalid_request', async () => {
    const body = new URLSearchParams([
      ['grant_type', 'authorization_code'],
      ['code', 'one'],
      ['code', 'two'],
    ]);
    expect(await (await app.token({}, { body })).json()).toMatchObject({
      error: 'invalid_request',
    });
  });

  test('Basic is not documented: 401 invalid_client with the challenge', async () => {
    const basic = Buffer.from(`${app.clientId}:${app.clientSecret}`).toString('base64');
    const form = { grant_type: 'authorization_code', code: await app.code() };
    const headers = { Authorization: `Basic ${basic}` };
    const response = await app.token({ ...form, redirect_uri: app.redirectUri }, { headers });
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toBe('Basic');
    expect(await response.json()).toMatchObject({ error: 'invalid_client' });
  });

  test('there is no token at GET', async () => {
    const query = new URLSearchParams({ grant_type: 'authorization_code' });
    expect((await fetch(`${app.base}/api/oauth2/token?${query}`)).status).toBe(404);
  });
});

test('a code is good once; the second time revokes what the first gave', async () => {
  const code = await app.code();
  const tokens = (await (await app.redeem(code)).json()) as Tokens;
  expect((await app.get('userinfo', tokens.access_token)).status).toBe(200);

  const again = await app.redeem(code);
  expect(again.status).toBe(400);
  expect(await again.json()).toMatchObject({ error: 'invalid_grant' });
  expect((await app.get('userinfo', tokens.access_token)).status).toBe(401);
  expect((await app.refresh(tokens.refresh_token)).status).toBe(400);
  expect(emulator.control.stats().codeReuses).toBe(1);
});

test('of twenty at once with one code only one gets tokens', async () => {
  const code = await app.code();
  const answers = await Promise.all(Array.from({ length: 20 }, () => app.redeem(code)));
  expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
});

test('a code is bound to its redirect_uri, and is not spent on another', async () => {
  const code = await app.code();
  const wrong = await app.redeem(code, { redirect_uri: `${app.redirectUri}/` });
  expect(await wrong.json()).toMatchObject({ error: 'invalid_grant' });
  expect((await app.redeem(code)).status).toBe(200);
});

test('a code is bound to its client, and is not spent by another', async () => {
  const code = await app.code();
  expect(await (await other.redeem(code)).json()).toMatchObject({ error: 'invalid_grant' });
  expect((await app.redeem(code)).status).toBe(200);
});

test('a code lives ten minutes', async () => {
  const [early, late] = [await app.code(), await app.code()];
  now += 599_999;
  expect((await app.redeem(early)).status).toBe(200);
  now += 1;
  expect(await (await app.redeem(late)).json()).toMatchObject({ error: 'invalid_grant' });
});

test('a code whose grant was revoked meanwhile gives nothing', async () => {
  const code = await app.code();
  emulator.control.revokeGrants();
  expect(await (await app.redeem(code)).json()).toMatchObject({ error: 'invalid_grant' });
});
