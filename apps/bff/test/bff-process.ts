import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Pool } from 'undici';
import { freePort } from '../../../scripts/free-port.ts';
import { tieToThisProcess } from '../../../scripts/tied-process.ts';
import type { BrowserAnswer } from './browser-answer.ts';
import { canary } from './canaries.ts';

const MAIN = process.env.BFF_MAIN ?? fileURLToPath(new URL('../src/main.ts', import.meta.url));

/** A BFF as it runs in earnest: a process of its own, configured by its environment alone. */
export interface BffProcess {
  /** The origin that browsers use (`PUBLIC_URL`). */
  origin: string;
  port: number;
  pid: number;
  prefix: string;
  env: Record<string, string>;
  /** Everything it wrote to stdout and stderr. */
  output: () => string;
  /** Every answer that a browser of this suite got from it. */
  answers: BrowserAnswer[];
  pool: Pool;
  exited: Promise<number | null>;
  /** SIGTERM, then the exit code. */
  stop(): Promise<number | null>;
}

export interface BffOptions {
  provider: { url: string; clientId: string; clientSecret: string; redirectUris: string[] };
  redisUrl?: string;
  /** Settings on top of what a development start with Redis needs; `''` takes one away. */
  env?: Record<string, string>;
  /** Connections to use, where it does not speak plain http. */
  pool?: Pool;
}

/** Start a BFF on a free port and resolve when it is up. */
export async function startBff(options: BffOptions): Promise<BffProcess> {
  const { provider, env = {} } = options;
  const port = Number(env.PORT ?? (await freePort()));
  const settings = settingsOf(options, port);
  const origin = env.PUBLIC_URL ?? `http://localhost:${port}`;
  provider.redirectUris.push(env.OAUTH_REDIRECT_URI ?? `${origin}/oauth/callback`);
  const { child, output, exited } = launch(settings);
  const pool =
    options.pool ?? new Pool(`http://127.0.0.1:${port}`, { connections: 64, pipelining: 1 });
  await untilUp({ child, output, exited }, pool);
  const stop = async () => {
    await pool.destroy();
    child.kill('SIGTERM');
    return exited;
  };
  const prefix = settings.REDIS_PREFIX ?? '';
  const pid = child.pid ?? -1;
  return { origin, port, pid, prefix, env: settings, output, answers: [], pool, exited, stop };
}

function settingsOf({ provider, redisUrl, env }: BffOptions, port: number): Record<string, string> {
  return {
    PORT: String(port),
    SESSION_SECRETS: canary('SESSION_SECRET').padEnd(40, 'x'),
    REDIS_PREFIX: `t${randomBytes(6).toString('hex')}:`,
    ...(redisUrl === undefined ? {} : { REDIS_URL: redisUrl }),
    OAUTH_BASE_URL: provider.url,
    OAUTH_CLIENT_ID: provider.clientId,
    OAUTH_CLIENT_SECRET: provider.clientSecret,
    RATE_LIMIT_LOGIN: '0',
    LOG_LEVEL: 'trace',
    PROVIDER_TIMEOUT_MS: '2000',
    ...env,
  };
}

/** Start a second process of the same site: same settings but for the given ones, another port. */
export function startSibling(
  bff: BffProcess,
  provider: BffOptions['provider'],
  changed: Record<string, string> = {},
): Promise<BffProcess> {
  const { PORT: _own, ...env } = bff.env;
  return startBff({ provider, env: { ...env, PUBLIC_URL: bff.origin, ...changed } });
}

/** Start a BFF that is expected to refuse, and tell how it ended. */
export async function startRefused(
  env: Record<string, string>,
): Promise<{ code: number | null; output: string; milliseconds: number }> {
  const begun = Date.now();
  const started = launch(env);
  const timer = setTimeout(() => started.child.kill('SIGKILL'), 10_000);
  const code = await started.exited;
  clearTimeout(timer);
  return { code, output: started.output(), milliseconds: Date.now() - begun };
}

interface Launched {
  child: ChildProcess;
  output: () => string;
  exited: Promise<number | null>;
}

function launch(env: Record<string, string>): Launched {
  const given = Object.entries(env).filter(([, value]) => value !== '');
  const child = spawn(process.execPath, [MAIN], {
    env: { PATH: process.env.PATH ?? '', ...Object.fromEntries(given) },
    cwd: '/',
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const untie = tieToThisProcess(child);
  const chunks: string[] = [];
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => chunks.push(chunk));
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => chunks.push(chunk));
  const exited = new Promise<number | null>((resolve) => child.once('close', resolve));
  void exited.then(untie);
  return { child, output: () => chunks.join(''), exited };
}

async function untilUp({ child, output }: Launched, pool: Pool): Promise<void> {
  for (let attempt = 0; attempt < 400; attempt += 1) {
    if (child.exitCode !== null) break;
    const up = await pool.request({ method: 'GET', path: '/healthz' }).catch(() => undefined);
    await up?.body.dump();
    if (up?.statusCode === 200) return;
    await delay(50);
  }
  child.kill('SIGKILL');
  throw new Error(`The BFF did not come up.\n${output().slice(-2000)}`);
}
