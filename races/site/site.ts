import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DemoUser, type Emulator, type Lifetimes, startEmulator } from '@cloakroom/emulator';
import { startBff } from '../../scripts/bff-process.ts';
import type { Child } from '../../scripts/child-process.ts';
import { freePort } from '../../scripts/free-port.ts';
import { type DurableRedis, startDurableRedis } from './durable-redis.ts';
import { type Gate, openGate } from './gate.ts';

/** One BFF process of a site. */
export interface Node {
  readonly index: number;
  readonly port: number;
  /** Whether it is up, and nobody is about to end it. */
  serving: boolean;
  process: Child;
}

/** One site as people run it: several BFF processes, one Redis server, one provider. */
export interface Site {
  /** The origin that browsers use. */
  readonly origin: string;
  readonly emulator: Emulator;
  /** What lies between the processes and the provider. */
  readonly gate: Gate;
  readonly redis: DurableRedis;
  readonly nodes: readonly Node[];
  readonly users: readonly DemoUser[];
  /** End a process as `kill -9` does, and wait until it is gone. */
  kill(node: Node): Promise<void>;
  /** Start a process again at its port, and wait until it serves. */
  revive(node: Node): Promise<void>;
  signal(node: Node, signal: NodeJS.Signals): void;
  stop(): Promise<void>;
}

export interface SiteOptions {
  processes: number;
  /** Seconds; access tokens live an hour where nothing is said. */
  lifetimes?: Partial<Lifetimes>;
  settings?: Readonly<Record<string, string>>;
}

/** Milliseconds that a call to the provider may take. */
export const PROVIDER_TIMEOUT = 8000;

/** The key prefix of a site. */
export const PREFIX = 'races:';

export async function startSite(options: SiteOptions): Promise<Site> {
  const users = ['ada', 'ben', 'cai', 'dee'].map(person);
  const folder = await mkdtemp(join(tmpdir(), 'cloakroom-races-'));
  const lifetimes = { accessToken: 3600, ...options.lifetimes };
  const [redis, emulator] = await Promise.all([
    startDurableRedis(),
    startEmulator({ users, lifetimes }),
  ]);
  const gate = await openGate(emulator.url);
  const ports: number[] = [];
  for (let index = 0; index < options.processes; index += 1) ports.push(await freePort());
  const origin = `http://localhost:${ports[0]}`;
  const app = emulator.control.registerApp({
    name: 'Races',
    redirectUri: `${origin}/oauth/callback`,
  });
  const envFile = join(folder, 'app.env');
  await writeFile(
    envFile,
    `OAUTH_CLIENT_ID=${app.clientId}\nOAUTH_CLIENT_SECRET=${app.clientSecret}\n`,
  );
  const settings = {
    PUBLIC_URL: origin,
    OAUTH_BASE_URL: `${gate.origin}/aihubmix`,
    SESSION_SECRETS: randomBytes(32).toString('hex'),
    REDIS_URL: redis.url,
    REDIS_PREFIX: PREFIX,
    RATE_LIMIT_LOGIN: '0',
    PROVIDER_TIMEOUT_MS: String(PROVIDER_TIMEOUT),
    ...options.settings,
  };
  const start = (port: number) => startBff({ port, envFile, settings });
  const nodes: Node[] = await Promise.all(
    ports.map(async (port, index) => ({ index, port, serving: true, process: await start(port) })),
  );

  return {
    origin,
    emulator,
    gate,
    redis,
    nodes,
    users,
    async kill(node) {
      node.serving = false;
      signal(node, 'SIGKILL');
      await node.process.ended;
    },
    async revive(node) {
      node.process = await start(node.port);
      node.serving = true;
    },
    signal,
    async stop() {
      await Promise.all(nodes.map((node) => node.process.stop()));
      await gate.close();
      await Promise.all([emulator.close(), redis.stop()]);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function signal({ process: child }: Node, name: NodeJS.Signals): void {
  if (child.pid !== undefined) process.kill(child.pid, name);
}

function person(username: string, index: number): DemoUser {
  return {
    id: 1001 + index,
    username,
    password: `password of ${username}`,
    email: `${username}@example.com`,
    quota: 1_000_000,
    used_quota: 0,
    created_time: 1_700_000_000,
    status: 1,
    developer: false,
  };
}
