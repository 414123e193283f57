import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from 'vitest';

const MAIN = fileURLToPath(new URL('../src/main.ts', import.meta.url));

let child: ChildProcess;
afterEach(() => child.kill('SIGKILL'));

async function start(env: Record<string, string>): Promise<{ url: string }> {
  child = spawn(process.execPath, [MAIN], {
    env: { PATH: process.env.PATH, PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (child.stdout === null) throw new Error('no stdout');
  const [line] = await once(createInterface(child.stdout), 'line');
  return JSON.parse(line);
}

function post(url: string, headers: Record<string, string>): Promise<Response> {
  const type = { 'Content-Type': 'application/json' };
  return fetch(url, { method: 'POST', headers: { ...type, ...headers }, body: '[]' });
}

test('it says on one line where it listens, on this machine only', async () => {
  const { url } = await start({});
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  expect((await fetch(`${url}/aihubmix/sign-in`)).status).toBe(200);
});

test('DEVELOPER_TOKEN registers apps', async () => {
  const { url } = await start({ DEVELOPER_TOKEN: 'a-token' });
  const apps = `${url}/aihubmix/api/oauth_apps`;
  expect((await post(apps, { Authorization: 'Bearer a-token' })).status).toBe(400);
  expect((await post(apps, { Authorization: 'Bearer b-token' })).status).toBe(401);
});

test.each([
  ['on', 200],
  ['off', 404],
])('CONTROL=%s: the control API is %i', async (CONTROL, status) => {
  const { url } = await start({ CONTROL });
  expect((await post(`${url}/control/aihubmix/stats`, {})).status).toBe(status);
});

test.each(['SIGTERM', 'SIGINT'] as const)('%s ends it with 0', async (signal) => {
  await start({});
  child.kill(signal);
  expect(await once(child, 'exit')).toEqual([0, null]);
});
