import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { freePort } from './free-port.ts';

test('a free port is taken as asked', async () => {
  const port = await freePort();
  expect(await freePort(port)).toBe(port);
});

test.each(['127.0.0.1', '0.0.0.0'])('a port in use on %s is passed over', async (host) => {
  const port = await freePort();
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(port, host, resolve));
  expect(await freePort(port)).toBeGreaterThan(port);
  server.close();
});

test('no port is given that an outgoing connection may have the next moment', async () => {
  const ports = await Promise.all(Array.from({ length: 50 }, () => freePort()));
  expect(Math.min(...ports)).toBeGreaterThan(10_080); // browsers refuse some of those below
  expect(Math.max(...ports)).toBeLessThan(32_768);
});
