import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { aihubmix } from '@cloakroom/profiles/aihubmix';
import express from 'express';
import { pino } from 'pino';
import { request } from 'undici';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createCloakroom } from '../src/cloakroom.ts';
import { memoryStore } from '../src/store/memory.ts';
import { StoreUnavailableError } from '../src/store/store.ts';

const OWN = { 'X-CSRF': '1' };
const store = memoryStore();
let origin = '';
let ticket = '';
const provider = createServer((req, res) => {
  const tokens = { access_token: 'a', token_type: 'Bearer', expires_in: 7200 };
  res.setHeader('Content-Type', 'application/json');
  res.end(JSON.stringify(req.url === aihubmix.endpoints.token ? tokens : { id: 7 }));
});
const app = express();
const server = createServer(app);

async function listening(one: typeof server): Promise<string> {
  one.listen(0, '127.0.0.1');
  await once(one, 'listening');
  return `http://127.0.0.1:${(one.address() as AddressInfo).port}`;
}

async function call(path: string, headers: Record<string, string> = {}) {
  const answer = await request(origin + path, { headers: { ...headers, cookie: ticket } });
  const text = await answer.body.text();
  const type = String(answer.headers['content-type'] ?? '');
  return { status: answer.statusCode, headers: answer.headers, type, text };
}

beforeAll(async () => {
  const cloakroom = createCloakroom({
    publicUrl: 'http://localhost:3000',
    sessionSecrets: ['a-secret-of-more-than-32-bytes-0123456789'],
    store,
    providers: [
      {
        profile: aihubmix,
        clientId: 'client',
        clientSecret: 'secret',
        baseUrl: await listening(provider),
      },
    ],
    log: pino({ level: 'silent' }),
  });
  app.get('/orders', cloakroom.requireSession, (_req, res) => {
    res.json(cloakroom.whoIs(res));
  });
  app.use(cloakroom.router);
  app.use('/behind', cloakroom.requireSession, cloakroom.requireSession, (_req, res) => {
    res.json(cloakroom.whoIs(res));
  });
  origin = await listening(server);
});
afterAll(() => {
  for (const one of [server, provider]) one.close().closeAllConnections();
});

test('a route of the app refuses a stranger by itself, in the words of the router', async () => {
  const answer = await call('/orders', OWN);
  expect(answer.status).toBe(401);
  expect(answer.type).toContain('application/problem+json');
  expect(JSON.parse(answer.text).error).toBe('not_authenticated');
});

test('somebody who is signed in passes, and the route knows who it is', async () => {
  const start = await call('/auth/oauth/start');
  const state = new URL(String(start.headers.location)).searchParams.get('state');
  ticket = String([start.headers['set-cookie']].flat()[0]).split(';', 1)[0] ?? '';
  const back = await call(`/oauth/callback?code=c&state=${state}`);
  const cookies = [back.headers['set-cookie'] ?? []].flat();
  ticket = cookies.find((one) => one.startsWith('cloakroom='))?.split(';', 1)[0] ?? '';

  for (const path of ['/orders', '/behind']) {
    const answer = await call(path, OWN);
    expect(answer.status).toBe(200);
    expect(JSON.parse(answer.text)).toEqual({ provider: 'aihubmix', user: { id: 7 } });
    expect(answer.headers['cache-control']).toBe('no-store');
  }
});

test.each([
  ['without the header', {}],
  ['from a sibling of the same site', { ...OWN, 'Sec-Fetch-Site': 'same-site' }],
  ['from another origin', { ...OWN, Origin: 'https://evil.example' }],
])('a call %s does not pass', async (_what, headers) => {
  const answer = await call('/orders', headers);
  expect([answer.status, JSON.parse(answer.text).error]).toEqual([403, 'csrf_rejected']);
});

test('a store that is away is 503, also on a route of the app', async () => {
  const { get } = store;
  store.get = async () => {
    throw new StoreUnavailableError('away');
  };
  const answer = await call('/orders', OWN);
  store.get = get;
  expect([answer.status, answer.headers['retry-after']]).toEqual([503, '2']);
});
