import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Emulator, startEmulator } from '../src/emulator.ts';
import { AccountApi, SIGN_IN } from './rememberizer-account.ts';
import { RememberizerApp } from './rememberizer-app.ts';

let emulator: Emulator;
let control: Emulator['personas']['rememberizer']['control'];
let api: AccountApi;
let now = Date.parse('2026-06-15T12:00:00.500Z');
beforeAll(async () => {
  emulator = await startEmulator({ now: () => now });
  control = emulator.personas.rememberizer.control;
  api = new AccountApi(emulator.personas.rememberizer.baseUrl);
});
afterAll(() => emulator.close());
beforeEach(() => control.reset());

const SIGN_UP = {
  email: 'mei@example.com',
  password: 'tea-and-paper',
  name: 'Huang Mei',
  captcha: 'recaptcha',
};

describe('signup', () => {
  test('201 with JSON, and nobody is signed in', async () => {
    const response = await api.post('signup', { body: SIGN_UP });
    expect(response.status).toBe(201);
    expect(response.headers.getSetCookie()).toStrictEqual([]);
    expect(await response.json()).toStrictEqual({
      id: expect.any(Number),
      email: 'mei@example.com',
      name: 'Huang Mei',
      email_verified: false,
    });
  });

  test('the account is there, empty, with a user name of its own', async () => {
    await api.post('signup', { body: SIGN_UP });
    await api.post('signup', { body: { ...SIGN_UP, email: 'mei@other.example' } });
    const ids = [];
    for (const login of ['mei@example.com', 'mei@other.example']) {
      const { access_token } = await api.signIn({ login, password: SIGN_UP.password });
      const headers = { Authorization: `Bearer ${access_token}` };
      const me = await (await fetch(`${api.base}/api/v1/me/`, { headers })).json();
      expect(me).toMatchObject({ email: login, current_usage: 0, email_verified: false });
      ids.push((me as { id: string }).id);
    }
    expect(ids).toStrictEqual(['mei', 'mei2']);
  });

  test.each<[string, object, string[]]>([
    ['nothing', {}, ['captcha', 'email', 'name', 'password']],
    ['no address', { ...SIGN_UP, email: 'mei' }, ['email']],
    ['an address that has an account', { ...SIGN_UP, email: 'YATING@example.com' }, ['email']],
    ['a short password', { ...SIGN_UP, password: 'short' }, ['password']],
    ['no name', { ...SIGN_UP, name: undefined }, ['name']],
    ['the captcha that fails', { ...SIGN_UP, captcha: 'fail' }, ['captcha']],
  ])('%s is 400 with the reasons per field, and no account', async (_name, body, fields) => {
    const response = await api.post('signup', { body });
    expect(response.status).toBe(400);
    const reasons = (await response.json()) as Record<string, string[]>;
    expect(Object.keys(reasons).toSorted()).toStrictEqual(fields);
    expect(Object.values(reasons).flat()).toSatisfy((all: unknown[]) =>
      all.every((reason) => typeof reason === 'string'),
    );
    expect(control.verificationCode('mei@example.com')).toBeNull();
  });

  test('reset forgets who signed up', async () => {
    await api.post('signup', { body: SIGN_UP });
    control.reset();
    const again = { ...SIGN_IN, login: SIGN_UP.email, password: SIGN_UP.password };
    expect((await api.post('signin', { body: again })).status).toBe(401);
    expect(control.verificationCode(SIGN_UP.email)).toBeNull();
  });
});

describe('verify-email', () => {
  async function signedUp(): Promise<{ bearer: string; code: string }> {
    await api.post('signup', { body: SIGN_UP });
    const as = { login: SIGN_UP.email, password: SIGN_UP.password };
    const { access_token: bearer } = await api.signIn(as);
    return { bearer, code: control.verificationCode(SIGN_UP.email) ?? '' };
  }

  async function isVerified(bearer: string): Promise<boolean> {
    const headers = { Authorization: `Bearer ${bearer}` };
    const me = await (await fetch(`${api.base}/api/v1/me/`, { headers })).json();
    return (me as { email_verified: boolean }).email_verified;
  }

  test('the code of the mail, with the JWT: 200, and the address is verified', async () => {
    const { bearer, code } = await signedUp();
    expect(code).toMatch(/^\d{6}$/);
    const response = await api.post('verify-email', { bearer, body: { verification_code: code } });
    expect(response.status).toBe(200);
    expect(await isVerified(bearer)).toBe(true);
  });

  test('a code is good once', async () => {
    const { bearer, code } = await signedUp();
    const call = { bearer, body: { verification_code: code } };
    await api.post('verify-email', call);
    expect((await api.post('verify-email', call)).status).toBe(400);
  });

  test.each<[string, object]>([
    ['a wrong code', { verification_code: 'none' }],
    ['no code', {}],
    ['a number', { verification_code: 123_456 }],
  ])('%s is 400 with the reason', async (_name, body) => {
    const { bearer } = await signedUp();
    const response = await api.post('verify-email', { bearer, body });
    expect(response.status).toBe(400);
    expect(await response.json()).toStrictEqual({ verification_code: [expect.any(String)] });
    expect(await isVerified(bearer)).toBe(false);
  });

  test('without a good JWT it is 401: a cookie or a token of an app is not enough', async () => {
    const { bearer, code } = await signedUp();
    const body = { verification_code: code };
    const { access_token } = await new RememberizerApp(emulator).tokens();
    const calls = [
      {},
      { cookie: `access_token=${bearer}` },
      { bearer: 'x' },
      { bearer: access_token },
    ];
    for (const call of calls) {
      expect((await api.post('verify-email', { ...call, body })).status).toBe(401);
    }
  });

  test('the code of one is not good for another', async () => {
    const { code } = await signedUp();
    control.setUser('yating', { emailVerified: false });
    const { access_token: bearer } = await api.signIn();
    const response = await api.post('verify-email', { bearer, body: { verification_code: code } });
    expect(response.status).toBe(400);
  });

  test('a code lives fifteen minutes; the next sign-in sends another', async () => {
    const { code } = await signedUp();
    now += 900_000;
    expect(control.verificationCode(SIGN_UP.email)).toBeNull();
    const { access_token: bearer } = await api.signIn({
      login: SIGN_UP.email,
      password: SIGN_UP.password,
    });
    const next = control.verificationCode(SIGN_UP.email) ?? '';
    expect(next).toMatch(/^\d{6}$/);
    const old = await api.post('verify-email', { bearer, body: { verification_code: code } });
    expect(old.status).toBe(400);
    const fresh = await api.post('verify-email', { bearer, body: { verification_code: next } });
    expect(fresh.status).toBe(200);
  });
});
