import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Emulator, startEmulator } from '../src/emulator.ts';
import { AccountApi, SIGN_IN } from './rememberizer-account.ts';

let emulator: Emulator;
let control: Emulator['personas']['rememberizer']['control'];
let api: AccountApi;
const now = Date.parse('2026-06-15T12:00:00.500Z');
beforeAll(async () => {
  emulator = await startEmulator({ now: () => now });
  control = emulator.personas.rememberizer.control;
  api = new AccountApi(emulator.personas.rememberizer.baseUrl);
});
afterAll(() => emulator.close());
beforeEach(() => control.reset());

describe('signin', () => {
  test('204 without a body: whoever reads JSON there fails', async () => {
    const response = await api.post('signin', { body: SIGN_IN });
    expect(response.status).toBe(204);
    expect(response.headers.get('content-type')).toBeNull();
    await expect(response.json()).rejects.toThrow();
  });

  test('two cookies, HttpOnly, Secure, Lax and of every path', async () => {
    const lines = (await api.post('signin', { body: SIGN_IN })).headers.getSetCookie();
    const rest = 'Path=/; Expires=[^;]*; HttpOnly; Secure; SameSite=Lax$';
    expect(lines).toStrictEqual([
      expect.stringMatching(`^access_token=[\\w-]+\\.[\\w-]+\\.[\\w-]+; Max-Age=900; ${rest}`),
      expect.stringMatching(`^refresh_token=[0-9a-f]{64}; Max-Age=1209600; ${rest}`),
    ]);
  });

  test('the access cookie is a JWT that says who and until when', async () => {
    const { access_token } = await api.signIn();
    const [header, claims] = access_token
      .split('.')
      .slice(0, 2)
      .map((part) => JSON.parse(Buffer.from(part, 'base64url').toString()));
    expect(header).toStrictEqual({ alg: 'HS256', typ: 'JWT' });
    expect(claims).toStrictEqual({
      token_type: 'access',
      iat: Math.floor(now / 1000),
      exp: Math.floor(now / 1000) + 900,
      jti: expect.any(String),
      user_id: 58_012,
    });
  });

  test('a clock that is wrong shows in the JWT, and in nothing else', async () => {
    control.setClockSkew(3600);
    const { access_token } = await api.signIn();
    const claims = JSON.parse(
      Buffer.from(access_token.split('.')[1] ?? '', 'base64url').toString(),
    );
    expect(claims.iat).toBe(Math.floor(now / 1000) + 3600);
    expect(claims.exp).toBe(Math.floor(now / 1000) + 4500);
    expect((await api.me(access_token)).status).toBe(200);
  });

  test('the access cookie is good as a Bearer token, and as a cookie', async () => {
    const { access_token } = await api.signIn();
    expect(await (await api.me(access_token)).json()).toMatchObject({ name: 'Lin Yating' });
    const headers = { Cookie: `other=1; access_token=${access_token}` };
    expect((await fetch(`${api.base}/api/v1/me/`, { headers })).status).toBe(200);
    expect((await api.me('other')).status).toBe(401);
  });

  test('it reads all that its user keeps: no app asked for anything', async () => {
    const { access_token } = await api.signIn();
    const headers = { Authorization: `Bearer ${access_token}` };
    const response = await fetch(`${api.base}/api/v1/documents/`, { headers });
    expect(await response.json()).toMatchObject({ count: 12 });
  });

  test('login is the mail address, in any case, or the user name', async () => {
    await api.signIn({ login: 'Yating@Example.com' });
    await api.signIn({ login: 'yating' });
  });

  test.each<[string, object, string]>([
    ['email where login belongs', { ...SIGN_IN, login: undefined, email: SIGN_IN.login }, 'login'],
    ['no login', { ...SIGN_IN, login: undefined }, 'login'],
    ['a blank login', { ...SIGN_IN, login: ' ' }, 'login'],
    ['a list as login', { ...SIGN_IN, login: ['yating'] }, 'login'],
    ['no password', { ...SIGN_IN, password: undefined }, 'password'],
    ['no captcha', { ...SIGN_IN, captcha: undefined }, 'captcha'],
    ['an empty captcha', { ...SIGN_IN, captcha: '' }, 'captcha'],
    ['the captcha that fails', { ...SIGN_IN, captcha: 'fail' }, 'captcha'],
  ])('%s is 400 with the reason, and no cookie', async (_name, body, field) => {
    const response = await api.post('signin', { body });
    expect(response.status).toBe(400);
    expect(response.headers.getSetCookie()).toStrictEqual([]);
    expect(await response.json()).toStrictEqual({ [field]: [expect.any(String)] });
  });

  test.each<[string, object]>([
    ['a wrong password', { ...SIGN_IN, password: 'wrong' }],
    ['nobody', { ...SIGN_IN, login: 'nobody@example.com' }],
  ])('%s is 401, and no cookie', async (_name, body) => {
    const response = await api.post('signin', { body });
    expect(response.status).toBe(401);
    expect(response.headers.getSetCookie()).toStrictEqual([]);
    expect(await response.json()).toStrictEqual({ detail: expect.any(String) });
  });

  test('a failed captcha says nothing about the password', async () => {
    const wrong = { ...SIGN_IN, password: 'wrong', captcha: 'fail' };
    expect((await api.post('signin', { body: wrong })).status).toBe(400);
  });

  test('a form is 415, and half an object 400', async () => {
    const url = `${api.base}/api/v1/auth/signin/`;
    const form = new URLSearchParams(SIGN_IN);
    expect((await fetch(url, { method: 'POST', body: form })).status).toBe(415);
    const headers = { 'Content-Type': 'application/json' };
    const broken = await fetch(url, { method: 'POST', headers, body: '{"login":' });
    expect(broken.status).toBe(400);
    expect(await broken.json()).toStrictEqual({
      detail: expect.stringContaining('JSON parse error'),
    });
  });

  test('a GET is 405', async () => {
    expect((await fetch(`${api.base}/api/v1/auth/signin/`)).status).toBe(405);
  });
});
