import { once } from 'node:events';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLogger } from '@cloakroom/express/logger';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createApp } from './app.ts';
import { readSettings } from './settings.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cloakroom-app-'));
});

afterEach(() => rm(folder, { recursive: true }));

test('what breaks has one line that says why; the line of the request has the status alone', async () => {
  // A page that cannot be read.
  await mkdir(join(folder, 'index.html'));
  const credentials = { OAUTH_CLIENT_ID: 'id', OAUTH_CLIENT_SECRET: 'secret' };
  const lines: string[] = [];
  const log = createLogger('info', { write: (line) => lines.push(line) });
  const { app, close } = createApp(readSettings({ ...credentials, WEB_DIST: folder }), { log });
  const server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const answer = await fetch(`http://127.0.0.1:${port}/`);
  expect([answer.status, await answer.text()]).toEqual([500, 'Internal error\n']);
  await new Promise((resolve) => server.close(resolve));
  await close();

  const [crashed, request, ...others] = lines.map((line) => JSON.parse(line));
  expect(crashed).toMatchObject({ event: 'request.crashed', err: { code: 'EISDIR' } });
  expect(request).toMatchObject({ event: 'request', res: { status: 500 } });
  expect(request).not.toHaveProperty('err');
  expect(others).toEqual([]);
});
