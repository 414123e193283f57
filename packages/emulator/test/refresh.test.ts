import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Emulator, startEmulator } from '../src/emulator.ts';
import { DemoApp, type Tokens } from './demo-app.ts';

let emulator: Emulator;
let app: DemoApp;
let now = Date.now();
beforeAll(async () => {
  emulator = await startEmulator({ now: () => now });
  app = new DemoApp(emulator);
});
afterAll(() => emulator.close());
beforeEach(() => emulator.control.reset());

async function refreshed(refreshToken: string): Promise<Tokens> {
  const response = await app.refresh(refreshToken);
  expect(response.status).toBe(200);
  return (await response.json()) as Tokens;
}

test('a refresh gives a new pair of the same shape and scope', async () => {
  const first = await app.tokens({ scope: 'profile' });
  const second = await refreshed(first.refresh_token);
  expect(second).toStrictEqual({
    access_token: expect.stringMatching(/^eyJ/),
    token_type: 'Bearer',
    expires_in: 7200,
    refresh_token: expect.stringMatching(/^refresh_/),
    scope: 'profile',
  });
  expect(second.access_token).not.toBe(first.access_token);
  expect(second.refresh_token).not.toBe(first.refresh_token);
});

test('a rotated token sent again revokes the whole grant, and counts', async () => {
  const first = await app.tokens();
  const second = await refreshed(first.refresh_token);
  const reuse = await app.refresh(first.refresh_token);
  expect(reuse.status).toBe(400);
  expect(await reuse.json()).toMatchObject({ error: 'invalid_grant' });
  expect((await app.refresh(second.refresh_token)).status).toBe(400);
  expect((await app.get('userinfo', second.access_token)).status).toBe(401);
  expect((await app.get('userinfo', first.access_token)).status).toBe(401);
  expect(emulator.control.stats().refreshReuses).toBe(1);
});

test('another login of the same user outlives a revoked grant', async () => {
  const [attacked, untouched] = [await app.tokens(), await app.tokens()];
  await refreshed(attacked.refresh_token);
  await app.refresh(attacked.refresh_token);
  expect((await app.get('userinfo', untouched.access_token)).status).toBe(200);
});

test('with rotation off the answer has no refresh token, and the first stays good', async () => {
  emulator.control.setRefreshRotation(false);
  const first = await app.tokens();
  expect(await refreshed(first.refresh_token)).not.toHaveProperty('refresh_token');
  await refreshed(first.refresh_token);
  expect(emulator.control.stats().refreshReuses).toBe(0);
});

test('a refresh leaves the old access token good until its end', async () => {
  const first = await app.tokens();
  await refreshed(first.refresh_token);
  expect((await app.get('userinfo', first.access_token)).status).toBe(200);
});

test('a refresh token is bound to its client', async () => {
  const tokens = await app.tokens();
  const other = new DemoApp(emulator, 'Other app');
  const response = await other.refresh(tokens.refresh_token);
  expect(await response.json()).toMatchObject({ error: 'invalid_grant' });
  await refreshed(tokens.refresh_token);
});

test('an access token lives two hours', async () => {
  const tokens = await app.tokens();
  now += 7_199_999;
  expect((await app.get('userinfo', tokens.access_token)).status).toBe(200);
  now += 1;
  expect((await app.get('userinfo', tokens.access_token)).status).toBe(401);
});

test('a refresh token lives thirty days, from the last refresh on', async () => {
  const days30 = 30 * 24 * 3_600_000;
  const first = await app.tokens();
  now += days30 - 1;
  const second = await refreshed(first.refresh_token);
  now += days30;
  const late = await app.refresh(second.refresh_token);
  expect(await late.json()).toMatchObject({ error: 'invalid_grant' });
});
