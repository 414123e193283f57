import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Emulator, startEmulator } from '../src/emulator.ts';
import { AfdianClient, type Envelope } from './afdian-client.ts';
import { WEICHEN } from './demo-users.ts';

let emulator: Emulator;
let client: AfdianClient;
let other: AfdianClient;
let now = Date.now();
beforeAll(async () => {
  emulator = await startEmulator({ now: () => now });
  client = new AfdianClient(emulator);
  other = new AfdianClient(emulator, 'Other app');
});
afterAll(() => emulator.close());
beforeEach(() => emulator.personas.afdian.control.reset());

test('a code tells who the user is, in the envelope of the document and without any token', async () => {
  const response = await client.redeem(await client.code());
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toContain('application/json');
  expect(await response.json()).toStrictEqual({
    ec: 200,
    em: 'ok',
    data: {
      user_id: expect.stringMatching(/^[0-9a-f]{32}$/),
      user_private_id: expect.stringMatching(/^[0-9a-f]{32}$/),
    },
  });
});

test('the ids are the same at every login and at every app, and different for everybody', async () => {
  const first = await client.ask(await client.code());
  const again = await client.ask(await client.code());
  const elsewhere = await other.ask(await other.code());
  const somebody = await client.ask(await client.code({ user: WEICHEN }));
  expect(again.data).toEqual(first.data);
  expect(elsewhere.data).toEqual(first.data);
  expect(somebody.data.user_id).not.toBe(first.data.user_id);
  expect(new Set([...Object.values(first.data), ...Object.values(somebody.data)]).size).toBe(4);
});

test('with setNameAndAvatar the answer has those too, as published clients read them', async () => {
  emulator.personas.afdian.control.setNameAndAvatar(true);
  const { data } = await client.ask(await client.code());
  expect(data).toMatchObject({ name: '雅婷在写诗', user_id: expect.any(String) });
  const picture = await fetch(data.avatar ?? '');
  expect(picture.status).toBe(200);
  expect(picture.headers.get('content-type')).toContain('image/svg+xml');
});

describe('HTTP 200 and ec other than 200', () => {
  const unknown = 'f'.repeat(32);
  test.each<[string, number, Record<string, string | undefined>]>([
    ['no code', 400001, { code: undefined }],
    ['an empty code', 400001, { code: '' }],
    ['no grant_type', 400001, { grant_type: undefined }],
    ['no client_id', 400001, { client_id: undefined }],
    ['no client_secret', 400001, { client_secret: undefined }],
    ['no redirect_uri', 400001, { redirect_uri: undefined }],
    ['an unknown code', 400, { code: unknown }],
    ['an unknown client', 400, { client_id: 'nobody' }],
    ['a wrong secret', 400, { client_secret: 'wrong' }],
    ['grant_type refresh_token', 400, { grant_type: 'refresh_token', refresh_token: 'x' }],
    ['grant_type refresh_token alone', 400, { grant_type: 'refresh_token', code: undefined }],
    ['another grant_type', 400, { grant_type: 'password' }],
  ])('%s is %i', async (_name, ec, changes) => {
    const response = await client.redeem(unknown, changes);
    expect(response.status).toBe(200);
    expect(await response.json()).toStrictEqual({
      ec,
      em: expect.stringMatching(/./),
      data: { error: expect.stringMatching(/./) },
    });
  });

  test.each([
    ['a JSON body', { body: '{"grant_type":"authorization_code"}' }],
    ['a form that cannot be read', { body: 'a=b', headers: { 'Content-Encoding': 'zstandard' } }],
    ['a form that is too large', { body: new URLSearchParams({ code: 'x'.repeat(200_000) }) }],
    ['no body', { body: null }],
  ])('%s is 400001', async (_name, init) => {
    const response = await client.redeem('', {}, init);
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ ec: 400001 });
  });

  test('a parameter twice is 400001', async () => {
    const body = new URLSearchParams([
      ['grant_type', 'authorization_code'],
      ['grant_type', 'authorization_code'],
    ]);
    expect(await client.ask('', {}, { body })).toMatchObject({ ec: 400001 });
  });

  test('credentials in a header are not read', async () => {
    const basic = Buffer.from(`${client.clientId}:${client.clientSecret}`).toString('base64');
    const without = { client_id: undefined, client_secret: undefined };
    const init = { headers: { Authorization: `Basic ${basic}` } };
    expect(await client.ask(await client.code(), without, init)).toMatchObject({ ec: 400001 });
  });
});

test('a code is good once', async () => {
  const code = await client.code();
  expect(await client.ask(code)).toMatchObject({ ec: 200 });
  expect(await client.ask(code)).toMatchObject({ ec: 400, data: { error: 'code: used before' } });
  expect(emulator.personas.afdian.control.stats().codeReuses).toBe(1);
});

test('of twenty at once with one code only one is told', async () => {
  const code = await client.code();
  const answers = await Promise.all(Array.from({ length: 20 }, () => client.ask(code)));
  expect(answers.filter(({ ec }) => ec === 200)).toHaveLength(1);
});

test.each([
  ['a slash more', (uri: string) => `${uri}/`],
  ['a query', (uri: string) => `${uri}?x=1`],
  ['encoded once more', encodeURIComponent],
])(
  'redirect_uri must be that of authorize, not with %s; the code is not spent on it',
  async (_name, change) => {
    const code = await client.code();
    const changes = { redirect_uri: change(client.redirectUri) };
    expect(await client.ask(code, changes)).toMatchObject({ ec: 400, em: 'redirect_uri 不一致' });
    expect(await client.ask(code)).toMatchObject({ ec: 200 });
  },
);

test('a code is bound to its client, and is not spent by another', async () => {
  const code = await client.code();
  expect(await other.ask(code)).toMatchObject({ ec: 400 });
  expect(await client.ask(code)).toMatchObject({ ec: 200 });
});

test('a code lives ten minutes', async () => {
  const [early, late] = [await client.code(), await client.code()];
  now += 599_999;
  expect(await client.ask(early)).toMatchObject({ ec: 200 });
  now += 1;
  expect(await client.ask(late)).toMatchObject({ ec: 400, data: { error: 'code: expired' } });
});

describe('get-profile is public', () => {
  const read = async (query: string): Promise<[number, unknown]> => {
    const response = await fetch(`${client.base}/api/user/get-profile${query}`);
    return [response.status, await response.json()];
  };

  test('and tells name and avatar of a user_id', async () => {
    const { data } = await client.ask(await client.code());
    expect(await read(`?user_id=${data.user_id}`)).toStrictEqual([
      200,
      {
        ec: 200,
        em: '',
        data: {
          user: {
            user_id: data.user_id,
            name: '雅婷在写诗',
            avatar: `${client.base}/avatars/${data.user_id}.svg`,
            cover: '',
            url_slug: 'yating',
            creator: expect.any(Object),
          },
        },
      },
    ]);
  });

  test.each([
    ['an unknown user_id', '?user_id=nobody', 404],
    ['the private id', undefined, 404],
    ['no user_id', '', 400001],
    ['two', '?user_id=a&user_id=b', 400001],
  ])('%s: HTTP 200, ec other than 200', async (_name, query, ec) => {
    const { data } = await client.ask(await client.code());
    const [status, body] = await read(query ?? `?user_id=${data.user_private_id}`);
    expect(status).toBe(200);
    expect((body as Envelope).ec).toBe(ec);
  });
});

test.each([
  ['GET', '/api/oauth2/access_token'],
  ['POST', '/api/oauth2/access_token/'],
  ['POST', '/oauth2/access_token'],
  ['POST', '/api/oauth2/refresh_token'],
  ['POST', '/api/oauth2/token'],
  ['POST', '/api/oauth2/revoke'],
  ['GET', '/api/oauth2/userinfo'],
  ['GET', '/api/open/me'],
  ['GET', '/avatars/nobody.svg'],
])('there is no %s %s', async (method, path) => {
  expect((await fetch(client.base + path, { method })).status).toBe(404);
});
