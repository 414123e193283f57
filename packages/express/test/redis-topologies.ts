import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createClient } from 'redis';
import { freePort } from '../../../scripts/free-port.ts';
import { type LocalRedis, startLocalRedis } from '../../../scripts/local-redis.ts';
import { tieToThisProcess } from '../../../scripts/tied-process.ts';

/** Servers that were started together, and how a store reaches them. */
export interface Topology {
  url: string;
  stop(): Promise<unknown>;
}

/** Start three servers that are a Redis Cluster. */
export async function startCluster(): Promise<Topology> {
  const servers: LocalRedis[] = [];
  for (let count = 0; count < 3; count += 1) {
    const bus = ['--cluster-port', String(await freePort())];
    servers.push(await startLocalRedis({ args: ['--cluster-enabled', 'yes', ...bus] }));
  }
  const slots = 16_384;
  for (const [index, server] of servers.entries()) {
    const from = Math.floor((index * slots) / 3);
    const to = Math.floor(((index + 1) * slots) / 3) - 1;
    await tell(server, ['CLUSTER', 'ADDSLOTSRANGE', String(from), String(to)]);
    await tell(server, ['CLUSTER', 'SET-CONFIG-EPOCH', String(index + 1)]);
  }
  const [first, ...others] = servers as [LocalRedis, ...LocalRedis[]];
  for (const other of others) {
    const bus = /cluster-port (\d+)/.exec(await tell(other, ['CONFIG', 'GET', 'cluster-port']));
    await tell(first, ['CLUSTER', 'MEET', '127.0.0.1', String(other.port), bus?.[1] ?? '']);
  }
  for (const server of servers) await until(server, ['CLUSTER', 'INFO'], /cluster_state:ok/);
  const hosts = servers.map(({ port }) => `127.0.0.1:${port}`).join(',');
  return {
    url: `redis+cluster://${hosts}`,
    stop: () => Promise.all(servers.map((server) => server.stop())),
  };
}

/** Start a server and a sentinel that knows it as `main`. */
export async function startSentinel(): Promise<Topology> {
  const server = await startLocalRedis();
  const port = await freePort();
  const folder = await mkdtemp(join(tmpdir(), 'cloakroom-sentinel-'));
  const file = join(folder, 'sentinel.conf');
  await writeFile(file, `port ${port}\nsentinel monitor main 127.0.0.1 ${server.port} 1\n`);
  const sentinel = spawn('redis-server', [file, '--sentinel'], { stdio: 'ignore' });
  const untie = tieToThisProcess(sentinel, folder);
  const asked = { url: `redis://127.0.0.1:${port}` };
  while (!(await tell(asked, ['SENTINEL', 'MASTERS']).catch(() => ''))) await sleep(50);
  return {
    url: `redis+sentinel://127.0.0.1:${port}/main`,
    async stop() {
      sentinel.kill('SIGKILL');
      untie();
      await Promise.all([server.stop(), rm(folder, { recursive: true, force: true })]);
    },
  };
}

async function tell({ url }: { url: string }, command: string[]): Promise<string> {
  const client = createClient({ url, RESP: 2 }).on('error', () => {});
  await client.connect();
  try {
    const reply = await client.sendCommand(command);
    return Array.isArray(reply) ? reply.flat().join(' ') : String(reply);
  } finally {
    await client.close();
  }
}

async function until(server: LocalRedis, command: string[], expected: RegExp): Promise<void> {
  while (!expected.test(await tell(server, command))) await sleep(50);
}
