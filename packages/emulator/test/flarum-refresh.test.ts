import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Control, type Emulator, startEmulator } from '../src/emulator.ts';
import { FlarumClient } from './flarum-client.ts';

let emulator: Emulator;
let control: Control<'flarum'>;
let client: FlarumClient;
let now = Date.now();
beforeAll(async () => {
  emulator = await startEmulator({ now: () => now });
  control = emulator.personas.flarum.control;
  client = new FlarumClient(emulator);
});
afterAll(() => emulator.close());
beforeEach(() => control.reset());

const DAY = 24 * 3600 * 1000;

test('a refresh gives an access token, and no refresh token', async () => {
  const first = await client.tokens();
  const second = await client.refresh(first.refresh_token);
  expect(Object.entries(second)).toStrictEqual([
    ['access_token', expect.stringMatching(/^[0-9a-f]{40}$/)],
    ['expires_in', '3600'],
    ['token_type', 'Bearer'],
    ['scope', 'user.read'],
  ]);
  expect(second.access_token).not.toBe(first.access_token);
  expect((await client.userBody(second.access_token)).username).toBe('yating');
});

test('the one that was used is gone', async () => {
  const { refresh_token } = await client.tokens();
  await client.refresh(refresh_token);
  expect(await client.refresh(refresh_token)).toStrictEqual({
    error: 'invalid_grant',
    error_description: 'Invalid refresh token',
  });
  expect(control.stats().refreshReuses).toBe(1);
});

test('of twenty at once with one token only one is answered', async () => {
  const { refresh_token } = await client.tokens();
  const all = Array.from({ length: 20 }, () => client.refresh(refresh_token));
  const answers = await Promise.all(all);
  expect(answers.filter(({ error }) => error === undefined)).toHaveLength(1);
});

test('the access token of before stays good until its own end, the new one after it', async () => {
  const first = await client.tokens();
  now += 1800_000;
  const second = await client.refresh(first.refresh_token);
  now += 1799_999;
  expect((await client.userBody(first.access_token)).username).toBe('yating');
  now += 1;
  expect(await client.userBody(first.access_token)).toMatchObject({ error: 'invalid_token' });
  expect((await client.userBody(second.access_token)).username).toBe('yating');
});

test('a refresh token lives fourteen days', async () => {
  const [early, late] = [await client.tokens(), await client.tokens()];
  now += 14 * DAY - 1;
  expect((await client.refresh(early.refresh_token)).error).toBeUndefined();
  now += 1;
  expect(await client.refresh(late.refresh_token)).toStrictEqual({
    error: 'invalid_grant',
    error_description: 'Refresh token has expired',
  });
});

test('a refresh token is bound to its client, and is not used up by another', async () => {
  const { refresh_token } = await client.tokens();
  const other = new FlarumClient(emulator);
  expect(await other.refresh(refresh_token)).toStrictEqual({
    error: 'invalid_grant',
    error_description: "refresh_token doesn't exist or is invalid for the client",
  });
  expect((await client.refresh(refresh_token)).error).toBeUndefined();
});

test('a client whose grant types leave it out may not refresh, and loses nothing by trying', async () => {
  const limited = new FlarumClient(emulator, { grantTypes: 'authorization_code' });
  const { refresh_token } = await limited.tokens();
  for (const _time of [1, 2]) {
    expect(await limited.refresh(refresh_token)).toStrictEqual({
      error: 'unauthorized_client',
      error_description: 'The grant type is unauthorized for this client_id',
    });
  }
});

test('a refresh may narrow the scope', async () => {
  control.setScope('mail.read', {});
  const params = { scope: 'user.read mail.read' };
  const { refresh_token } = await client.tokens({ params });
  const { scope } = await client.refresh(refresh_token, { scope: 'user.read' });
  expect(scope).toBe('user.read');
});
