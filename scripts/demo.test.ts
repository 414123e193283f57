import { type ChildProcess, spawn } from 'node:child_process';
import { get } from 'node:http';
import { createServer, type Server } from 'node:net';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test, vi } from 'vitest';
import { freePort } from './free-port.ts';
import { answersPing } from './redis-ping.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const running: { child?: ChildProcess; server?: Server }[] = [];

afterEach(() => {
  for (const { child, server } of running.splice(0)) {
    child?.kill('SIGKILL');
    server?.close();
  }
});

/** The demo in a process of its own, on ports that nobody uses. */
async function demo(env: NodeJS.ProcessEnv = {}) {
  const ports = { PORT: await freePort(), DEMO_PROVIDER_PORT: await freePort() };
  const child = spawn(process.execPath, ['scripts/demo.ts'], {
    cwd: ROOT,
    env: {
      PATH: process.env.PATH,
      PORT: String(ports.PORT),
      DEMO_PROVIDER_PORT: String(ports.DEMO_PROVIDER_PORT),
      ...env,
    },
  });
  running.push({ child });
  const shown = { text: '' };
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (data) => {
      shown.text += data;
    });
  }
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  await vi.waitUntil(() => /Ctrl-C stops/.test(shown.text) || child.exitCode !== null, 60_000);
  return { child, shown, ended, provider: /http:\/\/127\.0\.0\.1:\d+/.exec(shown.text)?.[0] ?? '' };
}

const urlOf = (text: string) => /http:\/\/localhost:\d+/.exec(text)?.[0] ?? '';
const status = (url: string) =>
  fetch(url).then(
    (response) => response.status,
    () => 'nobody',
  );

/** By node:http, since `fetch` says of itself that it is no navigation. */
function redirectOf(url: string): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    get(url, (response) => resolve(response.resume().headers.location)).once('error', reject);
  });
}

test('the demo serves the page, tells what it uses, and Ctrl-C leaves nothing behind', async () => {
  const { child, shown, ended, provider } = await demo();
  const url = urlOf(shown.text);
  const redisPort = Number(/redis:\/\/127\.0\.0\.1:(\d+)/.exec(shown.text)?.[1]);
  expect(shown.text).toContain('moonlight-oolong');
  expect(await status(url)).toBe(200);
  expect(await status(`${provider}/control/aihubmix/stats`)).toBe(404);
  expect(await answersPing(redisPort)).toBe(true);
  expect(await redirectOf(`${url}/auth/oauth/start`)).toContain(
    `${provider}/aihubmix/api/oauth2/authorize?`,
  );

  child.kill('SIGINT');
  expect(await ended).toBe(0);
  expect(await status(url)).toBe('nobody');
  expect(await status(provider)).toBe('nobody');
  expect(await answersPing(redisPort)).toBe(false);
}, 90_000);

test('without a redis-server the embedded store is used, and a taken port is passed over', async () => {
  const port = await freePort();
  const server = createServer().listen(port, '127.0.0.1');
  running.push({ server });
  const { child, shown, ended } = await demo({ PATH: '/nowhere', PORT: String(port) });
  expect(shown.text).toContain('embedded in the BFF');
  expect(shown.text).toContain(`port ${port} is taken`);
  expect(await status(`${urlOf(shown.text)}/readyz`)).toBe(200);
  child.kill('SIGTERM');
  expect(await ended).toBe(0);
}, 90_000);

test('with DEMO_PROVIDERS=all a visitor may choose among all that the emulator plays', async () => {
  const { child, shown, ended, provider } = await demo({ DEMO_PROVIDERS: 'all' });
  const url = urlOf(shown.text);
  const list = await fetch(`${url}/auth/providers`, { headers: { 'X-CSRF': '1' } });
  const ids = ((await list.json()) as { id: string }[]).map(({ id }) => id);
  expect(ids).toEqual([
    'aihubmix',
    'oidc',
    'flarum',
    'rememberizer',
    'afdian',
    'rememberizer-account',
  ]);
  for (const id of ids.slice(0, -1)) {
    const target = await redirectOf(`${url}/auth/oauth/start?provider=${id}`);
    expect(target).toContain(`${provider}/${id}/`);
    // A provider that does not know the demo would say so at once: 400.
    const first = await fetch(target ?? '', { redirect: 'manual' });
    expect([200, 302, 303], id).toContain(first.status);
  }
  child.kill('SIGINT');
  expect(await ended).toBe(0);
}, 90_000);

test('a part that dies takes the others along and shows what it said', async () => {
  const { shown, ended, provider } = await demo({ LOG_LEVEL: 'loud' });
  expect(await ended).toBe(1);
  expect(shown.text).toContain('The BFF ended unexpectedly (exit code 78)');
  expect(shown.text).toContain('LOG_LEVEL: must be a level of pino');
  expect(await status(provider)).toBe('nobody');
}, 90_000);
