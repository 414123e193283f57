import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { auditAtTheEnd } from './audit.ts';
import { type BffProcess, startBff } from './bff-process.ts';
import { Browser } from './browser-jar.ts';
import { StrictProvider } from './strict-provider.ts';

/** Clients of each kind, all at the same time. */
const CLIENTS = 300;

let provider: StrictProvider;
let bff: BffProcess;
let folder: string;

beforeAll(async () => {
  provider = await new StrictProvider().open();
  folder = await mkdtemp(join(tmpdir(), 'cloakroom-site-'));
  await writeFile(join(folder, 'index.html'), 'x'.repeat(1024 * 1024));
  bff = await startBff({ provider, redisUrl: inject('redisUrl'), env: { WEB_DIST: folder } });
}, 30_000);

afterAll(async () => {
  await bff.stop();
  await rm(folder, { recursive: true, force: true });
  await provider.close();
});

/** Connect and say this, then a byte at a time, and tell after how many seconds it was over. */
function dawdle(begin: string, drip: string): Promise<number> {
  const begun = performance.now();
  const socket = connect(bff.port, '127.0.0.1', () => socket.write(begin));
  const dripping = setInterval(() => socket.write(drip), 3000);
  socket.resume();
  return ended(socket).then(() => {
    clearInterval(dripping);
    return (performance.now() - begun) / 1000;
  });
}

function ended(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    socket.on('error', () => {}).once('close', () => resolve());
  });
}

const several = (client: () => Promise<number>) =>
  Promise.all(Array.from({ length: CLIENTS }, client));

describe('S129 clients that keep a connection busy', { timeout: 90_000 }, () => {
  test.concurrent('with headers that never end are cut off within 15 seconds', async () => {
    const seconds = await several(() => dawdle('GET /healthz HTTP/1.1\r\nX-Slow: ', 'x'));
    expect(Math.max(...seconds)).toBeLessThan(30);
  });

  test.concurrent('with a body that never ends are cut off within 30 seconds', async () => {
    const head =
      'POST /auth/logout HTTP/1.1\r\nHost: localhost\r\nX-CSRF: 1\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{';
    const seconds = await several(() => dawdle(head, ' '));
    expect(Math.max(...seconds)).toBeLessThan(45);
  });

  test.concurrent('by not reading what they asked for are cut off as well', async () => {
    const socket = connect(bff.port, '127.0.0.1');
    socket.pause();
    const page = 'GET / HTTP/1.1\r\nHost: localhost\r\n\r\n';
    // More than the buffers of both ends can hold.
    socket.write(page.repeat(100));
    await delay(1000);
    const begun = performance.now();
    // Who does not read only notices when writing; what is no request would end it as well.
    const knocking = setInterval(() => socket.write(page), 1000);
    await ended(socket);
    clearInterval(knocking);
    expect((performance.now() - begun) / 1000).toBeLessThan(60);
  });

  test.concurrent('keep nobody else waiting', async () => {
    const browser = new Browser(bff);
    for (let count = 0; count < 10; count += 1) {
      await delay(1000);
      const begun = performance.now();
      expect((await browser.call('GET', '/auth/session')).status).toBe(200);
      expect(performance.now() - begun).toBeLessThan(8000);
    }
  });
});

auditAtTheEnd(() => [bff]);
