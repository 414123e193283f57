import { once } from 'node:events';
import { get, type IncomingMessage, type RequestListener } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import express from 'express';
import { afterEach, expect, test } from 'vitest';
import { freePort } from '../../../scripts/free-port.ts';
import { type Serving, serve } from './serve.ts';
import { readSettings } from './settings.ts';

/** Milliseconds that a connection may stand still here. */
const STALLED = 100;

let serving: Serving | undefined;

afterEach(() => serving?.drain());

async function listen(handler: RequestListener): Promise<number> {
  const port = await freePort();
  const env = { PORT: String(port), PROVIDER_TIMEOUT_MS: '1' };
  const credentials = { OAUTH_CLIENT_ID: 'id', OAUTH_CLIENT_SECRET: 'secret' };
  const app = express().use(handler);
  serving = await serve(app, readSettings({ ...env, ...credentials }), { stalled: STALLED });
  return port;
}

test('an answer may take longer than a connection may stand still', async () => {
  const port = await listen(async (req, res) => {
    await once(req.socket, 'timeout');
    res.end('at last');
  });
  const [answer] = (await once(get({ port }), 'response')) as [IncomingMessage];
  expect(await text(answer)).toBe('at last');
});

test('who does not read the answer is cut off, though it came late', async () => {
  const closed = Promise.withResolvers<void>();
  const port = await listen(async (req, res) => {
    await once(req.socket, 'timeout');
    res.once('close', closed.resolve);
    res.end('x'.repeat(32 * 1024 * 1024));
  });
  const socket = connect(port, '127.0.0.1').on('error', () => {});
  socket.pause();
  socket.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n');
  await closed.promise;
  socket.destroy();
});

test('a connection that asks for nothing is closed', async () => {
  const port = await listen(() => {});
  const socket = connect(port, '127.0.0.1');
  await once(socket.resume(), 'close');
});
