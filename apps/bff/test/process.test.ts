import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Pool } from 'undici';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { freePort } from '../../../scripts/free-port.ts';
import { auditAtTheEnd } from './audit.ts';
import { type BffProcess, startBff } from './bff-process.ts';
import { Browser } from './browser-jar.ts';
import { after, hang } from './provider-answers.ts';
import { comeBack, signIn, walkToCallback } from './sign-in.ts';
import { StrictProvider } from './strict-provider.ts';

let provider: StrictProvider;
const running: BffProcess[] = [];

beforeAll(async () => {
  provider = await new StrictProvider().open();
});

afterAll(() => provider.close());

async function start(env: Record<string, string> = {}, at = provider): Promise<BffProcess> {
  const bff = await startBff({ provider: at, redisUrl: inject('redisUrl'), env });
  running.push(bff);
  return bff;
}

/** Who writes to the log: with several workers, several processes. */
function pidsOf(bff: BffProcess): number[] {
  return [...new Set(bff.output().match(/"pid":\d+/g))].map((pid) => Number(pid.slice(6)));
}

/** SIGTERM, and how it ended after how long. */
async function terminate(bff: BffProcess): Promise<{ code: number | null; seconds: number }> {
  const begun = performance.now();
  process.kill(bff.pid, 'SIGTERM');
  const code = await bff.exited;
  return { code, seconds: (performance.now() - begun) / 1000 };
}

describe('SIGTERM', { timeout: 30_000 }, () => {
  test.concurrent('lets requests in flight finish, takes no new ones, and ends with 0', async () => {
    const bff = await start();
    const browser = await signIn(bff, provider);
    const path = await walkToCallback(browser, provider);
    provider.next('userinfo', after(1000));
    const slow = browser.call('GET', '/api/user/info');
    await delay(100);
    provider.next('token', after(1000));
    const login = comeBack(browser.clone(), path);
    await delay(200);
    const ended = terminate(bff);
    await delay(300);
    const refused = await new Promise((resolve) => {
      const socket = connect(bff.port, '127.0.0.1', () => resolve('connected'));
      socket
        .on('error', (error: NodeJS.ErrnoException) => resolve(error.code))
        .on('connect', () => socket.destroy());
    });
    expect(refused).toBe('ECONNREFUSED');
    expect((await slow).status).toBe(200);
    expect((await login).location).toBe('/?login=success');
    const { code, seconds } = await ended;
    expect([code, seconds < 10]).toEqual([0, true]);
  });

  test.concurrent('does not wait for idle or slow connections, nor for a provider that hangs', async () => {
    const hanging = await new StrictProvider().open();
    const bff = await start({ PROVIDER_TIMEOUT_MS: '60000' }, hanging);
    const browser = await signIn(bff, hanging);
    const sockets: Socket[] = [];
    for (const begin of [
      '',
      'GET /healthz HTTP/1.1\r\nHost: x\r\n',
      'POST /auth/logout HTTP/1.1\r\nHost: x\r\nX-CSRF: 1\r\nContent-Type: application/json\r\nContent-Length: 10\r\n\r\n{',
    ]) {
      const socket = connect(bff.port, '127.0.0.1');
      socket.on('error', () => {}).write(begin);
      sockets.push(socket);
    }
    hanging.next('userinfo', hang);
    const lost = browser.call('GET', '/api/user/info').catch(() => undefined);
    await delay(300);
    const { code, seconds } = await terminate(bff);
    expect([code, seconds < 10.5], `${seconds} s`).toEqual([0, true]);
    await lost;
    for (const socket of sockets) socket.destroy();
    await hanging.close();
  }, 20_000);

  test.concurrent('ends it also while Redis is away', async () => {
    const bff = await startBff({ provider, env: { REDIS_URL: 'redis://127.0.0.1:1' } });
    running.push(bff);
    expect((await new Browser(bff).send('GET', '/readyz')).status).toBe(503);
    const { code, seconds } = await terminate(bff);
    expect([code, seconds < 10]).toEqual([0, true]);
  });
});

describe('WORKERS=2', { timeout: 30_000 }, () => {
  test('two processes share one port and one site, and end together', async () => {
    const bff = await start({ WORKERS: '2' });
    const browser = await signIn(bff, provider);
    const answers = await Promise.all(
      Array.from({ length: 40 }, () => browser.clone().call('GET', '/api/user/info')),
    );
    expect(answers.filter(({ status }) => status !== 200)).toEqual([]);
    const path = await walkToCallback(browser, provider);
    const before = provider.count('token');
    const landed = await Promise.all(
      Array.from({ length: 20 }, () => comeBack(browser.clone(), path)),
    );
    expect(landed.filter(({ location }) => location === '/?login=success')).toHaveLength(1);
    expect(provider.count('token')).toBe(before + 1);
    await expect.poll(() => pidsOf(bff).length).toBeGreaterThanOrEqual(2);
    const pids = pidsOf(bff);
    const { code, seconds } = await terminate(bff);
    expect([code, seconds < 10]).toEqual([0, true]);
    for (const pid of pids) expect(() => process.kill(pid, 0), String(pid)).toThrow('ESRCH');
  });

  test('a worker that dies is replaced, and the site stays up', async () => {
    const bff = await start({ WORKERS: '2' });
    const browser = await signIn(bff, provider);
    await Promise.all(
      Array.from({ length: 20 }, () => browser.clone().call('GET', '/auth/session')),
    );
    const workers = () => pidsOf(bff).filter((pid) => pid > 1 && pid !== bff.pid);
    await expect.poll(() => workers().length).toBeGreaterThan(0);
    for (const worker of workers().slice(0, 1)) process.kill(worker, 'SIGKILL');
    await delay(200);
    for (let call = 0; call < 10; call += 1) {
      const answer = await browser.call('GET', '/auth/session').catch(() => undefined);
      if (answer) expect(answer.status).toBe(200);
      await delay(100);
    }
    expect((await browser.call('GET', '/api/user/info')).status).toBe(200);
    expect((await terminate(bff)).code).toBe(0);
  });
});

test('S53 TLS_CERT_FILE and TLS_KEY_FILE: https without a proxy, with the cookies of https', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'cloakroom-tls-'));
  const [cert, key] = [join(folder, 'cert.pem'), join(folder, 'key.pem')];
  spawnSync('openssl', [
    'req',
    '-x509',
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:prime256v1',
    '-nodes',
    '-days',
    '2',
    '-subj',
    '/CN=localhost',
    '-keyout',
    key,
    '-out',
    cert,
  ]);
  const port = await freePort();
  const env = {
    TLS_CERT_FILE: cert,
    TLS_KEY_FILE: key,
    PORT: String(port),
    PUBLIC_URL: `https://localhost:${port}`,
  };
  const pool = new Pool(`https://127.0.0.1:${port}`, { connect: { rejectUnauthorized: false } });
  const bff = await startBff({ provider, redisUrl: inject('redisUrl'), env, pool });
  running.push(bff);
  const browser = await signIn(bff, provider);
  expect(browser.sessionCookie?.name).toBe('__Host-Http-cloakroom');
  expect((await browser.call('GET', '/api/user/info')).status).toBe(200);
  expect((await browser.call('POST', '/auth/logout')).status).toBe(200);
  expect((await terminate(bff)).code).toBe(0);
  rmSync(folder, { recursive: true, force: true });
});

describe('S134 the log', { timeout: 30_000 }, () => {
  test('tells who signed in or failed to, in lines with an event and a time', async () => {
    const bff = await start({ LOG_LEVEL: 'info' });
    const browser = await signIn(bff, provider);
    await comeBack(browser, '/oauth/callback?code=x&state=wrong');
    await browser.send('POST', '/auth/logout', { headers: { 'sec-fetch-site': 'cross-site' } });
    await browser.call('POST', '/auth/logout');
    await bff.stop();
    const lines = bff
      .output()
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line));
    for (const line of lines) {
      expect(line).toHaveProperty('level');
      expect(line).toHaveProperty('time');
      expect(line.event, JSON.stringify(line)).toMatch(/^[a-z]+(\.[a-z_]+)*$/);
    }
    const events = lines
      .map(({ event, error, code }) => `${event} ${error ?? ''} ${code ?? ''}`)
      .join('\n');
    expect(events).toMatch(/login|session\.(opened|started|created)/);
    expect(JSON.stringify(lines)).toMatch(/invalid_state/);
    expect(JSON.stringify(lines)).toMatch(/csrf_rejected/);
    expect(JSON.stringify(lines)).not.toMatch(/[?&](code|state|return_to)=/);
    const failed = bff.answers.find(({ status }) => status === 403);
    expect(bff.output()).toContain(failed?.json.request_id);
  });

  test('LOG_LEVEL=silent or error writes less', async () => {
    const bff = await startBff({ provider, env: { LOG_LEVEL: 'error' } });
    await new Browser(bff).open('/auth/oauth/start');
    expect(bff.output()).toBe('');
    await bff.stop();
  });
});

auditAtTheEnd(() => running);
