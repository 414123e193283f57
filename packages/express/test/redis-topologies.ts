import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createClient } from 'redis';
import { freePort } from '../../../scripts/free-port.ts';
import { startLocalRedis } from '../../../scripts/local-redis.ts';
import { tieToThisProcess } from '../../../scripts/tied-process.ts';

/** Servers that were started together, and how a store reaches them. */
export interface Topology {
  url: string;
  stop(): Promise<unknown>;
}

/** Three servers, each of which holds a third of the keys and has no replica. */
export interface Cluster extends Topology {
  nodes: ClusterNode[];
}

export interface ClusterNode {
  /** Where it speaks without TLS. */
  url: string;
  /** Where the other nodes and the clients of its cluster speak with it. */
  clusterPort: number;
  /** Its process; another one after it came back. */
  pid: () => number;
  die(): Promise<void>;
  /** Come back after that, with what it held. */
  comeBack(): Promise<void>;
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
export async function startCluster(tls?: TlsFiles): Promise<Cluster> {
  const folder = await mkdtemp(join(tmpdir(), 'cloakroom-cluster-'));
  const nodes: ClusterNode[] = [];
  for (const name of ['first', 'second', 'third']) {
    nodes.push(await startNode({ folder, name, tls }));
  }
  const slots = 16_384;
  for (const [index, node] of nodes.entries()) {
    const from = Math.floor((index * slots) / 3);
    const to = Math.floor(((index + 1) * slots) / 3) - 1;
    await tell(node, ['CLUSTER', 'ADDSLOTSRANGE', String(from), String(to)]);
    await tell(node, ['CLUSTER', 'SET-CONFIG-EPOCH', String(index + 1)]);
  }
  const [first, ...others] = nodes;
  for (const other of others) {
    const bus = /cluster-port (\d+)/.exec(await tell(other, ['CONFIG', 'GET', 'cluster-port']));
    const address = ['127.0.0.1', String(other.clusterPort), bus?.[1] ?? ''];
    await tell(first ?? other, ['CLUSTER', 'MEET', ...address]);
  }
  for (const node of nodes) await until(node, ['CLUSTER', 'INFO'], /cluster_state:ok/);
  const hosts = nodes.map(({ clusterPort }) => `127.0.0.1:${clusterPort}`).join(',');
  return {
    url: `${tls ? 'rediss' : 'redis'}+cluster://${hosts}`,
    nodes,
    async stop() {
      await Promise.all(nodes.map((node) => node.die()));
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function startNode({
  folder,
  name,
  tls,
}: {
  folder: string;
  name: string;
  tls: TlsFiles | undefined;
}): Promise<ClusterNode> {
  const [busPort, tlsPort] = [await freePort(), await freePort()];
  const args = ['--cluster-enabled', 'yes', '--cluster-port', String(busPort)];
  args.push('--dir', folder, '--cluster-config-file', `${name}.conf`);
  args.push('--appendonly', 'yes', '--appenddirname', name);
  if (tls) args.push('--tls-cluster', 'yes', '--tls-port', String(tlsPort), ...tlsArgs(tls));
  let server = await startLocalRedis({ args });
  const { url, port } = server;
  return {
    url,
    clusterPort: tls ? tlsPort : port,
    pid: () => server.pid,
    die: () => server.stop(),
    async comeBack() {
      server = await startLocalRedis({ port, args });
    },
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

async function until(node: ClusterNode, command: string[], expected: RegExp): Promise<void> {
  while (!expected.test(await tell(node, command))) await sleep(50);
}
