import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Emulator, startEmulator } from '../src/emulator.ts';
import { AccountApi, type Call, cookiesOf, SIGN_IN } from './rememberizer-account.ts';
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

describe('custom-refresh', () => {
  test('204 without a body, and two new cookies', async () => {
    const first = await api.signIn();
    const response = await api.refresh(first.refresh_token);
    expect(response.status).toBe(204);
    expect(await response.text()).toBe('');
    const second = cookiesOf(response);
    expect(second.access_token).not.toBe(first.access_token);
    expect(second.refresh_token).not.toBe(first.refresh_token);
    expect((await api.me(second.access_token)).status).toBe(200);
  });

  test('an old refresh cookie sent again is refused, counted, and ends the session', async () => {
    const first = await api.signIn();
    const second = cookiesOf(await api.refresh(first.refresh_token));
    expect((await api.refresh(first.refresh_token)).status).toBe(401);
    expect((await api.refresh(second.refresh_token)).status).toBe(401);
    expect((await api.me(second.access_token)).status).toBe(401);
    expect(control.stats().refreshReuses).toBe(1);
  });

  test('with rotation off there is a new access cookie only', async () => {
    control.setRefreshCookieRotation(false);
    const { refresh_token } = await api.signIn();
    const lines = (await api.refresh(refresh_token)).headers.getSetCookie();
    expect(lines).toStrictEqual([expect.stringMatching(/^access_token=/)]);
    expect((await api.refresh(refresh_token)).status).toBe(204);
    expect(control.stats().refreshReuses).toBe(0);
  });

  test.each<[string, Call]>([
    ['no cookie', {}],
    ['an unknown one', { cookie: 'refresh_token=nobody' }],
    ['the token in the body', { body: { refresh_token: 'nobody' } }],
  ])('%s is 401', async (_name, call) => {
    const response = await api.post('custom-refresh', call);
    expect(response.status).toBe(401);
    expect(response.headers.getSetCookie()).toStrictEqual([]);
  });

  test('the refresh token of an OAuth client is none here, nor the other way round', async () => {
    const app = new RememberizerApp(emulator);
    const tokens = await app.tokens();
    expect((await api.refresh(tokens.refresh_token ?? '')).status).toBe(401);
    const { refresh_token } = await api.signIn();
    expect((await app.refresh(refresh_token)).status).toBe(400);
  });
});

describe('custom-logout', () => {
  function cleared(response: Response): void {
    expect(response.status).toBe(204);
    expect(response.headers.getSetCookie()).toStrictEqual([
      expect.stringMatching(
        /^access_token=; Max-Age=0; Path=\/; .*HttpOnly; Secure; SameSite=Lax$/,
      ),
      expect.stringMatching(
        /^refresh_token=; Max-Age=0; Path=\/; .*HttpOnly; Secure; SameSite=Lax$/,
      ),
    ]);
  }

  test('both cookies are cleared, and both tokens are dead', async () => {
    const { access_token, refresh_token } = await api.signIn();
    cleared(await api.post('custom-logout', { cookie: `refresh_token=${refresh_token}` }));
    expect((await api.refresh(refresh_token)).status).toBe(401);
    expect((await api.me(access_token)).status).toBe(401);
  });

  test('without any cookie it is the same answer', async () => {
    cleared(await api.post('custom-logout'));
    cleared(await api.post('custom-logout', { cookie: 'refresh_token=nobody' }));
  });

  test('it ends this session, not the other ones', async () => {
    const [one, two] = [await api.signIn(), await api.signIn()];
    await api.post('custom-logout', { cookie: `access_token=${one.access_token}` });
    expect((await api.me(one.access_token)).status).toBe(401);
    expect((await api.me(two.access_token)).status).toBe(200);
  });
});

test('the access cookie lives fifteen minutes, the refresh cookie two weeks', async () => {
  const first = await api.signIn();
  now += 899_999;
  expect((await api.me(first.access_token)).status).toBe(200);
  now += 1;
  expect((await api.me(first.access_token)).status).toBe(401);
  const second = cookiesOf(await api.refresh(first.refresh_token));
  now += 14 * 24 * 3_600_000;
  expect((await api.refresh(second.refresh_token)).status).toBe(401);
});

test('lifetimes can be set', async () => {
  control.setLifetimes({ accessCookie: 2, refreshCookie: 4 });
  const { access_token } = await api.signIn();
  const lines = (await api.post('signin', { body: SIGN_IN })).headers.getSetCookie();
  expect(lines).toStrictEqual([
    expect.stringContaining('Max-Age=2;'),
    expect.stringContaining('Max-Age=4;'),
  ]);
  now += 2000;
  expect((await api.me(access_token)).status).toBe(401);
});
