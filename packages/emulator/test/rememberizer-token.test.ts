import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Emulator, startEmulator } from '../src/emulator.ts';
import { RememberizerApp, type RememberizerTokens } from './rememberizer-app.ts';

let emulator: Emulator;
let control: Emulator['personas']['rememberizer']['control'];
let app: RememberizerApp;
let other: RememberizerApp;
let now = Date.now();
beforeAll(async () => {
  emulator = await startEmulator({ now: () => now });
  control = emulator.personas.rememberizer.control;
  app = new RememberizerApp(emulator);
  other = new RememberizerApp(emulator, 'Other app');
});
afterAll(() => emulator.close());
beforeEach(() => control.reset());

async function isLive(tokens: RememberizerTokens): Promise<boolean> {
  return (await app.call(tokens.access_token, 'account/')).status === 200;
}

async function refreshed(tokens: RememberizerTokens): Promise<RememberizerTokens> {
  const response = await app.refresh(tokens.refresh_token);
  expect(response.status).toBe(200);
  return (await response.json()) as RememberizerTokens;
}

const TOKEN = expect.stringMatching(/^[0-9a-f]{64}$/);

describe('the answer', () => {
  test('it has the two tokens and nothing else: no expires_in, no token_type, no scope', async () => {
    const response = await app.redeem(await app.code());
    expect(response.status).toBe(200);
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(await response.json()).toStrictEqual({ access_token: TOKEN, refresh_token: TOKEN });
  });

  test('in full it is that of RFC 6749', async () => {
    control.setTokenAnswer('full');
    const first = await app.tokens();
    const full = { token_type: 'Bearer', expires_in: 3600, scope: 'offline_access' };
    const shape = { access_token: TOKEN, refresh_token: TOKEN, ...full };
    expect(first).toStrictEqual(shape);
    expect(await refreshed(first)).toStrictEqual(shape);
  });

  test('without offline_access there is no refresh token, in neither form', async () => {
    expect(await app.tokens({ scope: '' })).toStrictEqual({ access_token: TOKEN });
    control.setTokenAnswer('full');
    expect(await app.tokens({ scope: '' })).not.toHaveProperty('refresh_token');
    const kinds = control.issuedSecrets().map(({ kind }) => kind);
    expect(kinds).not.toContain('refresh_token');
  });

  test('consent may give less than was asked for', async () => {
    control.setGrantedScope('');
    expect(await app.tokens()).not.toHaveProperty('refresh_token');
  });
});

describe('RFC 6749 section 5.2', () => {
  const grant = { grant_type: 'authorization_code', code: 'whatever' };
  const refresh = { grant_type: 'refresh_token', refresh_token: 'whatever' };
  test.each<[string, number, string, Record<string, string>]>([
    ['no grant_type', 400, 'unsupported_grant_type', { code: 'whatever', redirect_uri: 'x' }],
    ['another grant_type', 400, 'unsupported_grant_type', { grant_type: 'password' }],
    ['a grant_type of the prototype', 400, 'unsupported_grant_type', { grant_type: 'constructor' }],
    ['no code', 400, 'invalid_request', { ...grant, code: '', redirect_uri: 'x' }],
    ['no redirect_uri', 400, 'invalid_request', grant],
    ['no redirect_uri at a refresh', 400, 'invalid_request', refresh],
    ['an unknown code', 400, 'invalid_grant', { ...grant, redirect_uri: 'x' }],
    ['an unknown refresh token', 400, 'invalid_grant', { ...refresh, redirect_uri: 'x' }],
    ['an unknown client', 401, 'invalid_client', { ...grant, client_id: 'rmz_unknown' }],
    ['a wrong secret', 401, 'invalid_client', { ...grant, client_secret: 'rmzs_wrong' }],
    ['no secret', 401, 'invalid_client', { ...grant, client_secret: '' }],
  ])('%s is %i %s', async (_name, status, error, form) => {
    const response = await app.token(form);
    expect(response.status).toBe(status);
    expect(await response.json()).toStrictEqual({ error, error_description: expect.any(String) });
  });

  test('a JSON body is invalid_request', async () => {
    const body = JSON.stringify({ ...grant, redirect_uri: app.redirectUri });
    const response = await app.token({}, { body, headers: { 'Content-Type': 'application/json' } });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: 'invalid_request' });
  });

  test('a parameter given twice is invalid_request', async () => {
    const body = new URLSearchParams([
      ['code', 'one'],
      ['code', 'two'],
    ]);
    expect(await (await app.token({}, { body })).json()).toMatchObject({
      error: 'invalid_request',
    });
  });

  test('Basic is not documented: 401', async () => {
    const basic = Buffer.from(`${app.clientId}:${app.clientSecret}`).toString('base64');
    const form = { ...grant, code: await app.code(), redirect_uri: app.redirectUri };
    const response = await app.token(form, { headers: { Authorization: `Basic ${basic}` } });
    expect(response.status).toBe(401);
  });
});

describe('grant_type', () => {
  test('lenient: a code is enough, as in the table of the document', async () => {
    control.setGrantType('lenient');
    const form = { code: await app.code(), redirect_uri: app.redirectUri };
    expect((await app.token(form)).status).toBe(200);
  });

  test('lenient leaves a refresh and another grant_type as strict as before', async () => {
    control.setGrantType('lenient');
    const { refresh_token = '' } = await app.tokens();
    const form = { refresh_token, redirect_uri: app.redirectUri };
    expect(await (await app.token(form)).json()).toMatchObject({ error: 'unsupported_grant_type' });
    const wrong = await app.redeem(await app.code(), { grant_type: 'password' });
    expect(await wrong.json()).toMatchObject({ error: 'unsupported_grant_type' });
  });
});

describe('the slash at the end', () => {
  test('a POST without it is never accepted, and spends no code', async () => {
    const code = await app.code();
    const body = new URLSearchParams({
      grant_type: 'authorization_code',
      code,
      redirect_uri: app.redirectUri,
      client_id: app.clientId,
      client_secret: app.clientSecret,
    });
    const url = `${app.base}/api/v1/auth/oauth2/token`;
    const response = await fetch(url, { method: 'POST', body, redirect: 'manual' });
    expect(response.status).toBe(404);
    expect((await app.redeem(code)).status).toBe(200);
  });

  test('a GET is 405 and told what is allowed', async () => {
    const response = await fetch(`${app.base}/api/v1/auth/oauth2/token/`);
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe('POST');
  });
});

describe('a code', () => {
  test('it is good once; the second time revokes what the first gave', async () => {
    const code = await app.code();
    const tokens = (await (await app.redeem(code)).json()) as RememberizerTokens;
    expect(await isLive(tokens)).toBe(true);
    expect((await app.redeem(code)).status).toBe(400);
    expect(await isLive(tokens)).toBe(false);
    expect(control.stats().codeReuses).toBe(1);
  });

  test('of twenty at once with one code only one gets tokens', async () => {
    const code = await app.code();
    const answers = await Promise.all(Array.from({ length: 20 }, () => app.redeem(code)));
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
  });

  test('it is bound to its client and to its redirect_uri', async () => {
    const code = await app.code();
    expect(await (await other.redeem(code)).json()).toMatchObject({ error: 'invalid_grant' });
    const elsewhere = await app.redeem(code, { redirect_uri: app.otherRedirectUri });
    expect(await elsewhere.json()).toMatchObject({ error: 'invalid_grant' });
    expect((await app.redeem(code)).status).toBe(200);
  });

  test('it lives five minutes', async () => {
    const [one, two] = [await app.code(), await app.code()];
    now += 299_999;
    expect((await app.redeem(one)).status).toBe(200);
    now += 1;
    expect((await app.redeem(two)).status).toBe(400);
  });
});

describe('a refresh', () => {
  test('it replaces both tokens; the old access token stays good until its end', async () => {
    const first = await app.tokens();
    const second = await refreshed(first);
    expect(second.access_token).not.toBe(first.access_token);
    expect(second.refresh_token).not.toBe(first.refresh_token);
    expect(await isLive(first)).toBe(true);
  });

  test('an old refresh token sent again is refused, counted, and ends the grant', async () => {
    const first = await app.tokens();
    const second = await refreshed(first);
    const reuse = await app.refresh(first.refresh_token);
    expect(reuse.status).toBe(400);
    expect(await reuse.json()).toMatchObject({ error: 'invalid_grant' });
    expect((await app.refresh(second.refresh_token)).status).toBe(400);
    expect(await isLive(second)).toBe(false);
    expect(control.stats().refreshReuses).toBe(1);
  });

  test('another redirect_uri is refused, and spends no token', async () => {
    const tokens = await app.tokens();
    const changes = { redirect_uri: app.otherRedirectUri };
    const response = await app.refresh(tokens.refresh_token, changes);
    expect(await response.json()).toMatchObject({ error: 'invalid_grant' });
    await refreshed(tokens);
    expect(control.stats().refreshReuses).toBe(0);
  });

  test('it is bound to its client', async () => {
    const tokens = await app.tokens();
    const response = await other.refresh(tokens.refresh_token);
    expect(await response.json()).toMatchObject({ error: 'invalid_grant' });
    await refreshed(tokens);
  });

  test('with rotation off the answer has no refresh token, and the first stays good', async () => {
    control.setRefreshRotation(false);
    const first = await app.tokens();
    expect(await refreshed(first)).toStrictEqual({ access_token: TOKEN });
    await refreshed(first);
    expect(control.stats().refreshReuses).toBe(0);
  });

  test('access lives an hour, refresh thirty days from the last refresh on', async () => {
    const first = await app.tokens();
    now += 3_599_999;
    expect(await isLive(first)).toBe(true);
    now += 1;
    expect(await isLive(first)).toBe(false);
    const second = await refreshed(first);
    now += 30 * 24 * 3_600_000;
    expect((await app.refresh(second.refresh_token)).status).toBe(400);
  });
});
