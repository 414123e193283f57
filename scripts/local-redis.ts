import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from './free-port.ts';
import { answersPing } from './redis-ping.ts';
import { tieToThisProcess } from './tied-process.ts';

/** A Redis server that belongs to this process alone. */
export interface LocalRedis {
  url: string;
  port: number;
  pid: number;
  /** Stop the server and remove all it wrote. A second call changes nothing. */
  stop(): Promise<void>;
}

export interface LocalRedisOptions {
  /** Port on 127.0.0.1, for a restart at the same place. Default: a free one. */
  port?: number;
  /** Further arguments for `redis-server`, such as `['--requirepass', 'secret']`. */
  args?: readonly string[];
}

const READY_WITHIN_MS = 10_000;
const STOP_WITHIN_MS = 1_000;

/** Tell whether the program `redis-server` is installed. */
export function hasRedisServer(): boolean {
  return spawnSync('redis-server', ['--version'], { stdio: 'ignore' }).status === 0;
}

/**
 * Start a private `redis-server` on 127.0.0.1 and resolve when it answers. It keeps nothing on
 * disk, refuses writes rather than evict, and ends with this process however that ends.
 *
 * @throws when the program is missing or does not answer within 10 seconds
 */
export async function startLocalRedis(options: LocalRedisOptions = {}): Promise<LocalRedis> {
  if (options.port !== undefined) return launch(options.port, options.args);
  // A free port may be taken between its discovery and its use: so ask again, twice.
  for (let attempt = 1; attempt < 3; attempt += 1) {
    const started = await launch(await freePort(), options.args).catch(() => null);
    if (started) return started;
  }
  return launch(await freePort(), options.args);
}

async function launch(port: number, args: readonly string[] = []): Promise<LocalRedis> {
  const folder = await mkdtemp(join(tmpdir(), 'cloakroom-redis-'));
  const server = spawn('redis-server', [...settings(port, folder), ...args], {
    stdio: 'ignore',
    detached: true, // Ctrl-C is for the parent, which stops its children in its own order
  });
  server.unref(); // a forgotten server keeps no process alive
  const untie = tieToThisProcess(server, folder);
  let stopping: Promise<void> | undefined;
  const stop = () => {
    stopping ??= end(server, async () => {
      untie();
      await rm(folder, { recursive: true, force: true });
    });
    return stopping;
  };
  try {
    await untilReady({ server, port, log: join(folder, 'redis.log') });
  } catch (error) {
    const log = await readLog(join(folder, 'redis.log'));
    await stop();
    const reason = log.trimEnd().split('\n').slice(-10).join('\n');
    throw new Error(`redis-server did not start on port ${port}\n${reason}`, { cause: error });
  }
  return { url: `redis://127.0.0.1:${port}`, port, pid: server.pid ?? -1, stop };
}

function settings(port: number, folder: string): string[] {
  return Object.entries({
    bind: '127.0.0.1',
    port: String(port),
    dir: folder,
    logfile: join(folder, 'redis.log'),
    save: '',
    appendonly: 'no',
    'maxmemory-policy': 'noeviction',
  }).flatMap(([name, value]) => [`--${name}`, value]);
}

interface Starting {
  server: ChildProcess;
  port: number;
  log: string;
}

async function untilReady({ server, port, log }: Starting): Promise<void> {
  let failure: Error | undefined;
  server.once('error', (error) => {
    failure = error;
  });
  server.once('exit', (code, signal) => {
    failure = new Error(`redis-server ended with ${code ?? signal}`);
  });
  const deadline = Date.now() + READY_WITHIN_MS;
  while (Date.now() < deadline) {
    if (failure) throw failure;
    // On a taken port somebody else answers: so the log must say that it is this server.
    if ((await answersPing(port)) && (await readLog(log)).includes('Ready to accept')) return;
    await delay(20);
  }
  throw new Error(`no answer within ${READY_WITHIN_MS} ms`);
}

async function end(server: ChildProcess, afterwards: () => Promise<void>): Promise<void> {
  const running = server.pid !== undefined && server.exitCode === null && !server.signalCode;
  if (running) {
    server.ref();
    const ended = new Promise((resolve) => server.once('exit', resolve));
    server.kill('SIGTERM');
    const impatient = setTimeout(() => server.kill('SIGKILL'), STOP_WITHIN_MS);
    await ended;
    clearTimeout(impatient);
  }
  await afterwards();
}

function readLog(file: string): Promise<string> {
  return readFile(file, 'utf8').catch(() => '');
}
