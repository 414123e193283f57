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

/** Files in the format of PEM with which servers on 127.0.0.1 speak TLS, also among themselves. */
export interface TlsFiles {
  cert: string;
  key: string;
  /** The authority that they trust each other by. */
  ca: string;
}

/**
 * Start three servers that are a Redis Cluster.
 * @param tls makes the cluster one that is reached by TLS
 */
export async function startCluster(tls?: TlsFiles): Promise<Topology> {
  const servers: (LocalRedis & { clusterPort: number })[] = [];
  for (let count = 0; count < 3; count += 1) {
    const args = ['--cluster-enabled', 'yes', '--cluster-port', String(await freePort())];
    const tlsPort = await freePort();
    if (tls) args.push('--tls-cluster', 'yes', '--tls-port', String(tlsPort), ...tlsArgs(tls));
    const server = await startLocalRedis({ args });
    servers.push({ ...server, clusterPort: tls ? tlsPort : server.port });
  }
  const slots = 16_384;
  for (const [index, server] of servers.entries()) {
    const from = Math.floor((index * slots) / 3);
    const to = Math.floor(((index + 1) * slots) / 3) - 1;
    await tell(server, ['CLUSTER', 'ADDSLOTSRANGE', String(from), String(to)]);
    await tell(server, ['CLUSTER', 'SET-CONFIG-EPOCH', String(index + 1)]);
  }
  const [first, ...others] = servers;
  for (const other of others) {
    const bus = /cluster-port (\d+)/.exec(await tell(other, ['CONFIG', 'GET', 'cluster-port']));
    const address = ['127.0.0.1', String(other.clusterPort), bus?.[1] ?? ''];
    await tell(first ?? other, ['CLUSTER', 'MEET', ...address]);
  }
  for (const server of servers) await until(server, ['CLUSTER', 'INFO'], /cluster_state:ok/);
  const hosts = servers.map(({ clusterPort }) => `127.0.0.1:${clusterPort}`).join(',');
  return {
    url: `${tls ? 'rediss' : 'redis'}+cluster://${hosts}`,
    stop: () => Promise.all(servers.map((server) => server.stop())),
  };
}

/**
 * Start a server and a sentinel that knows it as `main`.
 * @param tls makes them ones that are reached by TLS
 */
export async function startSentinel(tls?: TlsFiles): Promise<Topology> {
  const [tlsPort, port, tlsSentinelPort] = [await freePort(), await freePort(), await freePort()];
  const serverTls = tls ? ['--tls-port', String(tlsPort), ...tlsArgs(tls)] : [];
  const server = await startLocalRedis({ args: serverTls });
  const folder = await mkdtemp(join(tmpdir(), 'cloakroom-sentinel-'));
  const file = join(folder, 'sentinel.conf');
  const monitored = tls ? tlsPort : server.port;
  await writeFile(file, `port ${port}\nsentinel monitor main 127.0.0.1 ${monitored} 1\n`);
  const sentinelTls = tls
    ? ['--tls-replication', 'yes', '--tls-port', String(tlsSentinelPort), ...tlsArgs(tls)]
    : [];
  const sentinel = spawn('redis-server', [file, '--sentinel', ...sentinelTls], { stdio: 'ignore' });
  const untie = tieToThisProcess(sentinel, folder);
  const asked = { url: `redis://127.0.0.1:${port}` };
  while (!(await tell(asked, ['SENTINEL', 'MASTERS']).catch(() => ''))) await sleep(50);
  return {
    url: tls
      ? `rediss+sentinel://127.0.0.1:${tlsSentinelPort}/main`
      : `redis+sentinel://127.0.0.1:${port}/main`,
    async stop() {
      sentinel.kill('SIGKILL');
      untie();
      await Promise.all([server.stop(), rm(folder, { recursive: true, force: true })]);
    },
  };
}

function tlsArgs({ cert, key, ca }: TlsFiles): string[] {
  const files = ['--tls-cert-file', cert, '--tls-key-file', key, '--tls-ca-cert-file', ca];
  return [...files, '--tls-auth-clients', 'no'];
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
