import { type ChildProcess, type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from 'vitest';

const MAIN = fileURLToPath(new URL('../src/main.ts', import.meta.url));

const children: ChildProcess[] = [];
let child: ChildProcessByStdio<null, Readable, Readable>;
afterEach(() => {
  for (const started of children.splice(0)) started.kill('SIGKILL');
});

function launch(env: Record<string, string>): void {
  child = spawn(process.execPath, [MAIN], {
    env: { PATH: process.env.PATH, PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.push(child);
}

async function start(env: Record<string, string>): Promise<{ url: string }> {
  launch(env);
  const [line] = await once(createInterface(child.stdout), 'line');
  return JSON.parse(line);
}

/** What it says to people, up to where it is done. */
async function said(): Promise<string> {
  let text = '';
  for await (const chunk of child.stderr) {
    text += chunk;
    if (text.includes('Ctrl-C')) break;
  }
  return text;
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

test('it tells people what is where, and who may sign in', async () => {
  const { url } = await start({});
  const text = await said();
  for (const name of ['aihubmix', 'rememberizer', 'afdian', 'flarum', 'oidc']) {
    expect(text).toContain(`${url}/${name}\n`);
  }
  expect(text).toMatch(/yating +moonlight-oolong/);
  const token = /developer token (\S+)/.exec(text)?.[1];
  const apps = `${url}/aihubmix/api/oauth_apps`;
  expect((await post(apps, { Authorization: `Bearer ${token}` })).status).toBe(400);
});

test('a developer token that it was given is not repeated', async () => {
  await start({ DEVELOPER_TOKEN: 'a-token' });
  expect(await said()).not.toContain('a-token');
});

test('a port that is taken is 1, and a line that says so', async () => {
  const { port } = new URL((await start({})).url);
  launch({ PORT: port });
  const ended = once(child, 'exit');
  expect(await said()).toBe(`Port ${port} is taken: choose another one with PORT.\n`);
  expect(await ended).toEqual([1, null]);
});

test('PUBLIC_URL is what it calls itself', async () => {
  expect(await start({ PUBLIC_URL: 'http://emulator.test:4000' })).toMatchObject({
    url: 'http://emulator.test:4000',
  });
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
