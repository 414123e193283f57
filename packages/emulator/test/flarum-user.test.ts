import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Control, type Emulator, startEmulator } from '../src/emulator.ts';
import { WEICHEN } from './demo-users.ts';
import { FlarumClient } from './flarum-client.ts';

let emulator: Emulator;
let control: Control<'flarum'>;
let client: FlarumClient;
let now = Date.UTC(2026, 0, 2, 3, 4, 5, 678);
beforeAll(async () => {
  emulator = await startEmulator({ now: () => now });
  control = emulator.personas.flarum.control;
  client = new FlarumClient(emulator);
});
afterAll(() => emulator.close());
beforeEach(() => control.reset());

const NOBODY = {
  id: null,
  username: null,
  nickname: null,
  avatar_url: null,
  email: null,
  is_email_confirmed: null,
  joined_at: null,
  last_seen_at: null,
  discussion_count: null,
  comment_count: null,
};

async function get(query: string, headers: Record<string, string> = {}, path = '/api/user') {
  const response = await fetch(client.base + path + query, { headers });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

test('the user, flat, with the types of the plugin', async () => {
  const { access_token } = await client.tokens();
  const response = await client.user(access_token);
  expect(response.status).toBe(200);
  expect(await response.json()).toStrictEqual({
    id: 12345,
    username: 'yating',
    nickname: '雅婷',
    avatar_url: `${client.base}/assets/avatars/yating.svg`,
    email: 'yating@example.com',
    is_email_confirmed: 1,
    joined_at: '2022-01-01T00:00:00.000000Z',
    last_seen_at: '2026-01-02T03:04:05.000000Z',
    discussion_count: 12,
    comment_count: 148,
  });
  const picture = await fetch(`${client.base}/assets/avatars/yating.svg`);
  expect(picture.headers.get('content-type')).toContain('image/svg+xml');
});

test('nickname and picture may be null, and the email address unconfirmed', async () => {
  control.setUser('weichen', { emailConfirmed: false, lastSeenAt: null });
  const { access_token } = await client.tokens({ user: WEICHEN });
  control.setUser('weichen', { lastSeenAt: null });
  expect(await client.userBody(access_token)).toMatchObject({
    nickname: null,
    avatar_url: null,
    is_email_confirmed: 0,
    last_seen_at: null,
  });
});

describe('how the token comes', () => {
  const bothWays =
    'Only one method may be used to authenticate at a time (Auth header, GET or POST)';

  test('in the query', async () => {
    const { access_token } = await client.tokens();
    const { status, body } = await get(`?access_token=${access_token}`);
    expect([status, body.username]).toEqual([200, 'yating']);
  });

  test('in header and query at once: invalid_request, with HTTP 200', async () => {
    const { access_token } = await client.tokens();
    const headers = { Authorization: `Bearer ${access_token}` };
    expect(await get(`?access_token=${access_token}`, headers)).toEqual({
      status: 200,
      body: { error: 'invalid_request', error_description: bothWays },
    });
  });

  test.each([
    ['not at all', {}],
    ['after another prefix', { Authorization: 'bearer 0123' }],
    ['as Basic', { Authorization: 'Basic 0123' }],
  ])('%s: nobody, with HTTP 200', async (_name, headers) => {
    expect(await get('', headers)).toEqual({ status: 200, body: NOBODY });
    expect(await get('?access_token=', {})).toEqual({ status: 200, body: NOBODY });
  });

  test('with two spaces', async () => {
    expect(await get('', { Authorization: 'Bearer  0123' })).toMatchObject({
      body: { error: 'invalid_request', error_description: 'Malformed auth header' },
    });
  });
});

describe('a token that is refused has HTTP 200 and the error in the body', () => {
  test('unknown', async () => {
    const response = await client.user('0'.repeat(40));
    expect([response.status, await response.json()]).toEqual([
      200,
      { error: 'invalid_token', error_description: 'The access token provided is invalid' },
    ]);
  });

  test('expired, after an hour', async () => {
    const { access_token } = await client.tokens();
    now += 3_599_999;
    expect((await client.userBody(access_token)).username).toBe('yating');
    now += 1;
    expect(await client.userBody(access_token)).toStrictEqual({
      error: 'invalid_token',
      error_description: 'The access token provided has expired',
    });
  });

  test('without the scope of the path', async () => {
    const { access_token } = await client.tokens({ params: { scope: 'openid' } });
    expect(await client.userBody(access_token)).toStrictEqual({
      error: 'insufficient_scope',
      error_description: 'The request requires higher privileges than provided by the access token',
    });
  });
});

describe('visible_fields', () => {
  test('of a scope: only those', async () => {
    control.setScope('user.read', { visibleFields: 'id,username,nothing' });
    const { access_token } = await client.tokens();
    expect(await client.userBody(access_token)).toStrictEqual({ id: 12345, username: 'yating' });
  });

  test('of several scopes of the token: all of theirs', async () => {
    control.setScope('user.read', { visibleFields: 'id' });
    control.setScope('user.mail', { visibleFields: 'email' });
    const params = { scope: 'user.read user.mail' };
    const both = await client.tokens({ params });
    expect(Object.keys(await client.userBody(both.access_token))).toEqual(['id', 'email']);
    const one = await client.tokens({ params: { scope: 'user.mail' } });
    expect(Object.keys(await client.userBody(one.access_token))).toEqual(['email']);
  });

  test('do not touch what is said of nobody', async () => {
    control.setScope('user.read', { visibleFields: 'id' });
    expect((await get('')).body).toEqual(NOBODY);
  });
});

describe('what breaks the plugin is 500', () => {
  test('a user who is gone', async () => {
    const { access_token } = await client.tokens();
    control.setUser('yating', { deleted: true });
    expect((await client.user(access_token)).status).toBe(500);
  });

  test('a token where no scope is about the path: a forum in a folder, its path left out', async () => {
    const { access_token } = await client.tokens();
    control.setScope('user.read', { resourcePath: '/api/user' });
    expect(await get(`?access_token=${access_token}`)).toEqual({
      status: 500,
      body: { errors: [{ status: '500', code: 'unknown' }] },
    });
    expect((await get('')).body).toEqual(NOBODY);
  });

  test('a token where the scope is about another method', async () => {
    const { access_token } = await client.tokens();
    control.setScope('user.read', { method: 'POST' });
    expect((await client.user(access_token)).status).toBe(500);
  });

  test('a token at any other path of the API, which without one is 404', async () => {
    const headers = { Authorization: 'Bearer 0123' };
    expect((await get('', headers, '/api/discussions')).status).toBe(500);
    expect((await get('', {}, '/api/discussions')).status).toBe(404);
  });
});

test('without the nicknames extension there is none, and PHP may say so in front of the JSON', async () => {
  const { access_token } = await client.tokens();
  control.setNicknames(false);
  expect((await client.userBody(access_token)).nickname).toBeNull();
  control.setDisplayErrors(true);
  const text = await (await client.user(access_token)).text();
  expect(text).toMatch(
    /^<br \/>\n<b>Warning<\/b>: {2}Undefined array key "nickname".*\{"id":12345/s,
  );
  control.setNicknames(true);
  expect((await client.userBody(access_token)).nickname).toBe('雅婷');
});

test.each(['/api/user/', '/API/user'])('%s is 404', async (path) => {
  expect((await fetch(client.base + path)).status).toBe(404);
});
