import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Emulator, startEmulator } from '../src/emulator.ts';
import { RememberizerApp } from './rememberizer-app.ts';

let emulator: Emulator;
let control: Emulator['personas']['rememberizer']['control'];
let app: RememberizerApp;
beforeAll(async () => {
  emulator = await startEmulator();
  control = emulator.personas.rememberizer.control;
  app = new RememberizerApp(emulator);
});
afterAll(() => emulator.close());
beforeEach(() => control.reset());

const LONG = {
  id: 'yating',
  email: 'yating@example.com',
  name: 'Lin Yating',
  user_onboarding_status: expect.any(Number),
  dev_onboarding_status: expect.any(Number),
  company_name: expect.any(String),
  website: expect.any(String),
  bio: expect.any(String),
  team: [
    {
      id: expect.any(String),
      name: expect.any(String),
      image_url: expect.any(String),
      role: expect.any(String),
    },
  ],
  embed_quota: 10_000,
  current_usage: expect.any(Number),
  email_verified: true,
};

test('/account/ has three members, and a number as id', async () => {
  const { access_token } = await app.tokens();
  expect(await app.read(access_token, 'account/')).toStrictEqual({
    id: 58_012,
    email: 'yating@example.com',
    name: 'Lin Yating',
  });
  control.setAccountId('string');
  expect(await app.read(access_token, 'account/')).toMatchObject({ id: '58012' });
});

test('/me/ has a user name as id, which is not the id of /account/', async () => {
  const { access_token } = await app.tokens();
  expect(await app.read(access_token, 'me/')).toStrictEqual(LONG);
});

test('/api/me/ of the older page is served as well', async () => {
  const { access_token } = await app.tokens();
  expect(await app.read(access_token, '../me/')).toStrictEqual(LONG);
});

describe('the slash at the end', () => {
  test.each(['v1/account', 'v1/me', 'me', 'v1/documents/search?q=tea&n=1'])(
    'GET /api/%s is led to it',
    async (path) => {
      const response = await fetch(`${app.base}/api/${path}`, { redirect: 'manual' });
      expect(response.status).toBe(301);
      const [bare, query] = path.split('?');
      const slashed = `/rememberizer/api/${bare}/${query === undefined ? '' : `?${query}`}`;
      expect(response.headers.get('location')).toBe(slashed);
    },
  );

  test.each(['v1/auth/signin', 'v1/documents/memorize', 'v1/mementos'])(
    'POST /api/%s is not there',
    async (path) => {
      const url = `${app.base}/api/${path}`;
      const response = await fetch(url, { method: 'POST', redirect: 'manual' });
      expect(response.status).toBe(404);
      expect(await response.json()).toHaveProperty('detail');
    },
  );

  test('two are one too many', async () => {
    expect((await fetch(`${app.base}/api/v1/account//`)).status).toBe(404);
  });
});

describe('401 has a detail, and a challenge', () => {
  test.each([
    ['no token', undefined, 'Authentication credentials were not provided.'],
    ['an unknown token', 'Bearer nobody', 'Given token not valid for any token type'],
    ['another scheme', 'Token nobody', 'Authentication credentials were not provided.'],
  ])('%s', async (_name, authorization, detail) => {
    const headers = authorization === undefined ? {} : { Authorization: authorization };
    const response = await fetch(`${app.base}/api/v1/account/`, { headers });
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toMatch(/^Bearer/);
    expect(await response.json()).toStrictEqual({ detail });
  });
});

test('what is not an endpoint is 404, and another method 405', async () => {
  expect((await fetch(`${app.base}/api/v1/vector-stores/`)).status).toBe(404);
  const response = await fetch(`${app.base}/api/v1/account/`, { method: 'DELETE' });
  expect(response.status).toBe(405);
  expect(response.headers.get('allow')).toBe('GET');
});
