import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Control, type Emulator, startEmulator } from '../src/emulator.ts';
import { YATING } from './demo-users.ts';
import { FlarumClient, type TokenAnswer } from './flarum-client.ts';

let emulator: Emulator;
let control: Control<'flarum'>;
let client: FlarumClient;
let other: FlarumClient;
let now = Date.now();
beforeAll(async () => {
  emulator = await startEmulator({ now: () => now });
  control = emulator.personas.flarum.control;
  client = new FlarumClient(emulator);
  other = new FlarumClient(emulator);
});
afterAll(() => emulator.close());
beforeEach(() => control.reset());

function basic({ clientId, clientSecret }: FlarumClient): string {
  return `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`;
}

const NO_CREDENTIALS = { client_id: undefined, client_secret: undefined };

test('a code gives the fields of the library in its order, and no header against caches', async () => {
  const form = { grant_type: 'authorization_code', redirect_uri: client.redirectUri };
  const response = await client.token({ ...form, code: await client.code() });
  expect(response.status).toBe(200);
  expect(response.headers.get('cache-control')).toBeNull();
  const body = (await response.json()) as TokenAnswer;
  expect(Object.entries(body)).toStrictEqual([
    ['access_token', expect.stringMatching(/^[0-9a-f]{40}$/)],
    ['expires_in', '3600'],
    ['token_type', 'Bearer'],
    ['scope', 'user.read'],
    ['refresh_token', expect.stringMatching(/^[0-9a-f]{40}$/)],
  ]);
});

test('expires_in is a string, or with setExpiresInAs a number', async () => {
  control.setLifetimes({ accessToken: 7200 });
  expect((await client.tokens()).expires_in).toBe('7200');
  control.setExpiresInAs('number');
  expect((await client.tokens()).expires_in).toBe(7200);
});

describe('a client says who it is', () => {
  const redeem = async (form: Record<string, string | undefined>, init: RequestInit = {}) => {
    const grant = { grant_type: 'authorization_code', redirect_uri: client.redirectUri };
    const { error, error_description } = await client.ask(
      { ...grant, code: await client.code(), ...form },
      init,
    );
    return error === undefined ? 'tokens' : `${error}: ${error_description}`;
  };

  test('in the body', async () => {
    expect(await redeem({})).toBe('tokens');
  });

  test('by HTTP Basic', async () => {
    const headers = { Authorization: basic(client) };
    expect(await redeem(NO_CREDENTIALS, { headers })).toBe('tokens');
  });

  test('by HTTP Basic rather than in the body', async () => {
    const headers = { Authorization: basic(other) };
    expect(await redeem({}, { headers })).toContain('invalid_grant');
  });

  test('in JSON', async () => {
    const body = JSON.stringify({
      grant_type: 'authorization_code',
      client_id: client.clientId,
      client_secret: client.clientSecret,
      redirect_uri: client.redirectUri,
      code: await client.code(),
    });
    const headers = { 'Content-Type': 'application/json' };
    expect(await redeem({}, { body, headers })).toBe('tokens');
  });

  test.each([
    [
      'not at all',
      NO_CREDENTIALS,
      'invalid_client: Client credentials were not found in the headers or body',
    ],
    [
      'with a wrong secret',
      { client_secret: 'wrong' },
      'invalid_client: The client credentials are invalid',
    ],
    [
      'with an unknown id',
      { client_id: 'nobody' },
      'invalid_client: The client credentials are invalid',
    ],
    [
      'without its secret',
      { client_secret: undefined },
      'invalid_client: This client is invalid or must authenticate using a client secret',
    ],
  ])('%s', async (_name, changes, expected) => {
    expect(await redeem(changes)).toBe(expected);
  });

  test('a public client has no secret, and needs none', async () => {
    const open = new FlarumClient(emulator, { clientSecret: '' });
    const code = await open.code();
    const answer = await open.redeem(code, { client_secret: undefined });
    expect(answer.access_token).toMatch(/^[0-9a-f]{40}$/);
  });
});

describe('every error has HTTP 200', () => {
  const code = 'f'.repeat(40);
  const grant = { grant_type: 'authorization_code', code };
  const unknownCode = "Authorization code doesn't exist or is invalid for the client";
  test.each<[string, Record<string, string | undefined>, string, string]>([
    ['no grant_type', {}, 'invalid_request', 'The grant type was not specified in the request'],
    [
      'another grant_type',
      { grant_type: 'device' },
      'unsupported_grant_type',
      'Grant type "device" not supported',
    ],
    [
      'a grant_type of the prototype',
      { grant_type: 'constructor' },
      'unsupported_grant_type',
      'Grant type "constructor" not supported',
    ],
    [
      'no code',
      { grant_type: 'authorization_code' },
      'invalid_request',
      'Missing parameter: "code" is required',
    ],
    ['an unknown code', grant, 'invalid_grant', unknownCode],
    [
      'no refresh_token',
      { grant_type: 'refresh_token' },
      'invalid_request',
      'Missing parameter: "refresh_token" is required',
    ],
    [
      'an unknown refresh_token',
      { grant_type: 'refresh_token', refresh_token: code },
      'invalid_grant',
      'Invalid refresh token',
    ],
  ])('%s', async (_name, form, error, error_description) => {
    const response = await client.token(form);
    expect(response.status).toBe(200);
    expect(await response.json()).toStrictEqual({ error, error_description });
  });

  test.each([
    ['broken JSON', { body: '{', headers: { 'Content-Type': 'application/json' } }],
    ['another type', { body: 'grant_type=password' }],
    ['no body', { body: null }],
  ])('%s is as nothing', async (_name, init) => {
    const response = await client.token({}, init);
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({
      error_description: 'The grant type was not specified in the request',
    });
  });
});

describe('redirect_uri at the token endpoint', () => {
  test.each([
    ['another', 'https://evil.test/'],
    ['longer', 'http://localhost:3000/oauth/callback/flarum/'],
    ['none', undefined],
  ])('%s is redirect_uri_mismatch, and does not use the code up', async (_name, redirect_uri) => {
    const code = await client.code();
    expect(await client.redeem(code, { redirect_uri })).toStrictEqual({
      error: 'redirect_uri_mismatch',
      error_description: 'The redirect URI is missing or do not match',
      error_uri: 'http://tools.ietf.org/html/rfc6749#section-4.1.3',
    });
    expect((await client.redeem(code)).error).toBeUndefined();
  });

  test('encoded once more is the same', async () => {
    const redirect_uri = encodeURIComponent(client.redirectUri);
    expect((await client.redeem(await client.code(), { redirect_uri })).error).toBeUndefined();
  });
});

test('a code is good once; the second time revokes nothing', async () => {
  const code = await client.code();
  const tokens = await client.redeem(code);
  expect(await client.redeem(code)).toMatchObject({ error: 'invalid_grant' });
  expect((await client.userBody(tokens.access_token)).username).toBe('yating');
  expect(control.stats().codeReuses).toBe(1);
});

test('of twenty at once with one code only one gets tokens', async () => {
  const code = await client.code();
  const answers = await Promise.all(Array.from({ length: 20 }, () => client.redeem(code)));
  expect(answers.filter(({ error }) => error === undefined)).toHaveLength(1);
});

test('a code lives thirty seconds', async () => {
  const [early, late] = [await client.code(), await client.code()];
  now += 29_999;
  expect((await client.redeem(early)).error).toBeUndefined();
  now += 1;
  expect(await client.redeem(late)).toStrictEqual({
    error: 'invalid_grant',
    error_description: 'The authorization code has expired',
  });
});

test('a code is bound to its client, and is not used up by another', async () => {
  const code = await client.code();
  expect(await other.redeem(code)).toStrictEqual({
    error: 'invalid_grant',
    error_description: "authorization_code doesn't exist or is invalid for the client",
  });
  expect((await client.redeem(code)).error).toBeUndefined();
});

test('a scope at the token endpoint may narrow, and not widen', async () => {
  control.setScope('mail.read', {});
  const params = { scope: 'user.read mail.read' };
  const narrow = await client.redeem(await client.code({ params }), { scope: 'user.read' });
  expect(narrow.scope).toBe('user.read');
  const wide = await client.redeem(await client.code(), { scope: 'user.read mail.read' });
  expect(wide).toStrictEqual({
    error: 'invalid_scope',
    error_description: 'The scope requested is invalid for this request',
  });
});

describe('the two grants that no browser is in', () => {
  test('password', async () => {
    const grant = { grant_type: 'password' };
    const tokens = await client.ask({ ...grant, ...YATING });
    expect(Object.keys(tokens)).toContain('refresh_token');
    expect((await client.userBody(tokens.access_token)).username).toBe('yating');
    expect(await client.ask({ ...grant, ...YATING, password: 'wrong' })).toStrictEqual({
      error: 'invalid_grant',
      error_description: 'Invalid username and password combination',
    });
    expect(await client.ask(grant)).toMatchObject({ error: 'invalid_request' });
  });

  test('client_credentials: a token of nobody, which breaks the plugin', async () => {
    const grant = { grant_type: 'client_credentials' };
    const tokens = await client.ask(grant);
    expect(Object.keys(tokens)).toEqual(['access_token', 'expires_in', 'token_type', 'scope']);
    expect((await client.user(tokens.access_token)).status).toBe(500);
    expect(await client.ask({ ...grant, client_secret: undefined })).toStrictEqual({
      error: 'invalid_client',
      error_description: 'client credentials are required',
    });
    expect(await client.ask({ ...grant, scope: 'admin' })).toMatchObject({
      error: 'invalid_scope',
    });
  });
});

test('GET is 405, and a slash at the end is 404', async () => {
  const url = `${client.base}/oauth/token`;
  const got = await fetch(`${url}?grant_type=authorization_code`);
  expect([got.status, got.headers.get('allow')]).toEqual([405, 'POST']);
  expect((await fetch(`${url}/`, { method: 'POST' })).status).toBe(404);
  expect((await fetch(`${client.base}/OAuth/token`, { method: 'POST' })).status).toBe(404);
});
