import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import {
  type AddressInfo,
  connect,
  createServer,
  type Server as NetServer,
  type Socket,
} from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { aihubmix } from '@cloakroom/profiles/aihubmix';
import express from 'express';
import { pino } from 'pino';
import { request } from 'undici';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { createCloakroom } from '../src/cloakroom.ts';
import { redisStore } from '../src/store/redis.ts';
import type { Store } from '../src/store/store.ts';

const log = pino({ level: 'silent' });
const closing: (() => unknown)[] = [];
let packets = 0;
let origin = '';

async function listening(server: NetServer) {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

/** Stand between the store and Redis, and count what the store sends. */
async function countingProxy(redisUrl: string): Promise<string> {
  const sockets: Socket[] = [];
  const proxy = createServer((client) => {
    const server = connect(Number(new URL(redisUrl).port), '127.0.0.1');
    sockets.push(client, server);
    client.on('data', () => {
      packets += 1;
    });
    client.pipe(server).pipe(client);
  });
  closing.push(
    () => proxy.close(),
    () => {
      for (const socket of sockets) socket.destroy();
    },
  );
  return `redis://127.0.0.1:${await listening(proxy)}`;
}

/** A provider that says yes. */
async function friendlyProvider(): Promise<string> {
  const tokens = { access_token: 'a', token_type: 'Bearer', expires_in: 7200 };
  const server = createHttpServer((req, res) => {
    res.setHeader('Content-Type', 'application/json');
    res.end(JSON.stringify(req.url === aihubmix.endpoints.token ? tokens : { id: 1 }));
  });
  closing.push(
    () => server.close(),
    () => server.closeAllConnections(),
  );
  return `http://127.0.0.1:${await listening(server)}`;
}

/** Wait until the store answers, and has nothing more to say about its start. */
async function open(store: Store): Promise<void> {
  const answers = () =>
    store.ping().then(
      () => true,
      () => false,
    );
  while (!(await answers())) await sleep(10);
  for (let before = -1; before !== packets; await sleep(100)) before = packets;
}

beforeAll(async () => {
  const store = redisStore({ url: await countingProxy(inject('redisUrl')), log });
  const baseUrl = await friendlyProvider();
  const cloakroom = createCloakroom({
    publicUrl: 'http://localhost:3000',
    sessionSecrets: ['a-secret-of-more-than-32-bytes-0123456789'],
    store,
    prefix: 'round-trips:',
    providers: [{ profile: aihubmix, clientId: 'client', clientSecret: 'secret', baseUrl }],
    log,
  });
  await open(store);
  const app = createHttpServer(express().use(cloakroom.router));
  origin = `http://127.0.0.1:${await listening(app)}`;
  closing.push(
    () => app.close(),
    () => app.closeAllConnections(),
    cloakroom.close,
  );
});
afterAll(async () => {
  for (const close of closing.reverse()) await close();
});

async function get(path: string, cookie?: string) {
  const headers = { 'X-CSRF': '1', ...(cookie && { cookie }) };
  const before = packets;
  const { statusCode, headers: answered, body } = await request(origin + path, { headers });
  await body.dump();
  const cookies = [answered['set-cookie'] ?? []].flat().map((one) => one.split(';', 1)[0] ?? '');
  return {
    status: statusCode,
    location: String(answered.location ?? ''),
    cookies,
    sent: packets - before,
  };
}

test('a start sends nothing to the store, and a proxied call one packet', async () => {
  const started = await get('/auth/oauth/start');
  expect(started.sent).toBe(0);

  const state = new URL(started.location).searchParams.get('state');
  const returned = await get(`/oauth/callback?code=c&state=${state}`, started.cookies.join('; '));
  expect(returned.location).toBe('/?login=success');
  const ticket = returned.cookies.find((cookie) => cookie.startsWith('cloakroom='));

  const call = await get('/api/user/info', ticket);
  expect(call.status).toBe(200);
  expect(call.sent).toBe(1);
});

test('somebody without a ticket costs the store nothing', async () => {
  for (const path of ['/api/user/info', '/auth/session', '/auth/providers', '/api/nothing']) {
    expect((await get(path)).sent, path).toBe(0);
  }
});
