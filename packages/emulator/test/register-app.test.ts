import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Emulator, startEmulator } from '../src/emulator.ts';

const APP = {
  name: '我的第三方應用',
  description: '應用描述資訊',
  redirect_uri: 'https://yourapp.example/oauth/callback',
};

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator({
    developerToken: 'the-developer-token',
    now: () => 1_640_995_200_999,
  });
});
afterAll(() => emulator.close());

function register(body: unknown, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${emulator.personas.aihubmix.baseUrl}/api/oauth_apps`, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      Authorization: 'Bearer the-developer-token',
      ...headers,
    },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
}

async function registered(): Promise<{ id: number; client_id: string; client_secret: string }> {
  const { data } = (await (await register(APP)).json()) as { data: never };
  return data;
}

test('an app is registered, and answered in the envelope of the document', async () => {
  const response = await register(APP);
  expect(response.status).toBe(200);
  expect(await response.json()).toStrictEqual({
    success: true,
    message: '應用建立成功',
    data: {
      id: 1,
      name: '我的第三方應用',
      client_id: expect.stringMatching(/^client_[0-9a-f]{24}$/),
      client_secret: expect.stringMatching(/^secret_[0-9a-f]{64}$/),
      redirect_uri: 'https://yourapp.example/oauth/callback',
      created_time: 1_640_995_200,
    },
  });
});

test('several apps are kept, each with credentials of its own', async () => {
  const [one, two] = [await registered(), await registered()];
  expect(two.id).toBe(one.id + 1);
  expect(two.client_id).not.toBe(one.client_id);
  expect(two.client_secret).not.toBe(one.client_secret);
});

describe('without a valid developer token it is 401 in the envelope', () => {
  test.each([
    ['none', ''],
    ['another', 'Bearer another-token'],
    ['no scheme', 'the-developer-token'],
    ['an empty one', 'Bearer '],
  ])('%s', async (_name, authorization) => {
    const response = await register(APP, { Authorization: authorization });
    expect(response.status).toBe(401);
    expect(await response.json()).toStrictEqual({ success: false, message: expect.any(String) });
  });
});

describe('a bad body is 400 in the envelope', () => {
  test.each([
    ['not JSON', '{"name":'],
    ['an empty object', {}],
    ['no name', { ...APP, name: '' }],
    ['no redirect_uri', { ...APP, redirect_uri: undefined }],
    ['a list of redirect URIs', { ...APP, redirect_uri: [APP.redirect_uri] }],
    ['http on another host', { ...APP, redirect_uri: 'http://yourapp.example/oauth/callback' }],
    ['a fragment', { ...APP, redirect_uri: 'https://yourapp.example/oauth/callback#' }],
    ['a path only', { ...APP, redirect_uri: '/oauth/callback' }],
    ['javascript:', { ...APP, redirect_uri: 'javascript:alert(1)' }],
  ])('%s', async (_name, body) => {
    const response = await register(body);
    expect(response.status).toBe(400);
    expect(await response.json()).toStrictEqual({ success: false, message: expect.any(String) });
  });

  test('a form', async () => {
    const type = { 'Content-Type': 'application/x-www-form-urlencoded' };
    expect((await register(new URLSearchParams(APP).toString(), type)).status).toBe(400);
  });
});

test.each(['http://localhost:3000/cb', 'http://127.0.0.1:3000/cb', 'http://[::1]:3000/cb'])(
  'for development %s may be registered',
  async (redirect_uri) => {
    expect((await register({ ...APP, redirect_uri })).status).toBe(200);
  },
);
