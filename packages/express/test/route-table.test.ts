import { once } from 'node:events';
import { aihubmix } from '@cloakroom/profiles/aihubmix';
import express from 'express';
import { pino } from 'pino';
import { request } from 'undici';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createCloakroom } from '../src/cloakroom.ts';
import { memoryStore } from '../src/store/memory.ts';

const cloakroom = createCloakroom({
  publicUrl: 'http://localhost:3000',
  sessionSecrets: ['a-secret-of-more-than-32-bytes-0123456789'],
  store: memoryStore(),
  providers: [{ profile: aihubmix, clientId: 'client', clientSecret: 'secret' }],
  log: pino({ level: 'silent' }),
});
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const;

const server = express().use(cloakroom.router).listen(0, '127.0.0.1');
let origin = '';
beforeAll(async () => {
  if (!server.listening) await once(server, 'listening');
  const address = server.address();
  if (typeof address === 'object') origin = `http://127.0.0.1:${address?.port}`;
});
afterAll(async () => {
  server.close();
  await cloakroom.close();
});

const routes = cloakroom.router.stack.flatMap(({ route }) => route?.path ?? []);
const pathOf = (route: string) =>
  route
    .replace('{/:id}', '')
    .replace(/:(handle|ticket|id)/, 'x')
    .replace('*path', 'x');
async function status(route: string, method: (typeof METHODS)[number], headers = {}) {
  const answer = await request(origin + pathOf(route), { method, headers });
  await answer.body.dump();
  return answer.statusCode;
}

// A change of the surface is a change of this snapshot.
test('the routes, what they answer to a stranger, and what to another site', async () => {
  const table: Record<string, string> = {};
  for (const route of routes) {
    for (const method of METHODS) {
      const plain = await status(route, method);
      const own = await status(route, method, { 'X-CSRF': '1' });
      const foreign = await status(route, method, {
        'X-CSRF': '1',
        'Sec-Fetch-Site': 'cross-site',
      });
      table[`${method} ${route}`] = `${plain} with X-CSRF ${own} cross-site ${foreign}`;
    }
  }
  expect(table).toMatchSnapshot();
});

describe('every route', () => {
  test.each(routes)('%s keeps its answer out of caches and frames', async (route) => {
    const { headers, body } = await request(origin + pathOf(route));
    await body.dump();
    expect(headers).toMatchObject({
      'cache-control': 'no-store',
      'content-security-policy': expect.stringContaining("frame-ancestors 'none'"),
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
    });
    expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
  });
});
