import { createClient, createCluster, createSentinel } from 'redis';
import type { RedisAccess, RedisNode, RedisPlace } from './redis-url.ts';
import { scripts } from './scripts.ts';

type SingleClient = ReturnType<typeof singleClient>;

/** What the store calls, on whatever kind of Redis. */
export type RedisClient = Pick<
  SingleClient,
  | 'get'
  | 'set'
  | 'del'
  | 'pTTL'
  | 'pExpire'
  | 'hGetAll'
  | 'hDel'
  | 'ping'
  | 'configGet'
  | 'swap'
  | 'hold'
  | 'deleteIf'
  | 'count'
  | 'addMember'
  | 'replace'
  | 'isReady'
  | 'isOpen'
  | 'destroy'
> & {
  connect(): Promise<unknown>;
  close(): unknown;
  on(event: Loss, listener: (error: unknown, node?: RedisNode) => void): unknown;
  on(event: Gain, listener: (node?: RedisNode) => void): unknown;
};

/** A cluster tells of each of its nodes. */
type Loss = 'error' | 'node-error';
/** One that left the cluster is not waited for any more. */
type Gain = 'ready' | 'node-ready' | 'node-disconnect';

/**
 * Make the client of a place. It connects when it is told to, and again after every loss.
 * @param options.timeout milliseconds that a connection may take to come about
 * @param options.turn with which of several nodes to begin: one that is silent is waited for
 */
export function redisClient(
  place: RedisPlace,
  { timeout, turn }: { timeout: number; turn: number },
): RedisClient {
  if (place.kind === 'server') return singleClient(place.url, timeout);
  const first = turn % place.nodes.length;
  const nodes = [...place.nodes.slice(first), ...place.nodes.slice(0, first)];
  if (place.kind === 'sentinel') return sentinelClient({ ...place, nodes }, timeout);
  // A cluster begins anywhere: another try names the one to begin with.
  return clusterClient({ ...place, nodes: turn === 0 ? nodes : nodes.slice(0, 1) }, timeout);
}

function singleClient(url: string, timeout: number) {
  const socket = { connectTimeout: timeout, reconnectStrategy: reconnectDelay };
  return createClient({ url, scripts, disableOfflineQueue: true, socket });
}

function clusterClient(
  { nodes, access }: Extract<RedisPlace, { kind: 'cluster' }>,
  timeout: number,
): RedisClient {
  return createCluster({
    rootNodes: nodes.map((socket) => ({ socket })),
    defaults: { ...nodeOptions(access, timeout), disableOfflineQueue: true },
    scripts,
  }) as unknown as RedisClient;
}

function sentinelClient(
  { nodes, primary, access }: Extract<RedisPlace, { kind: 'sentinel' }>,
  timeout: number,
): RedisClient {
  return createSentinel({
    name: primary,
    sentinelRootNodes: [...nodes],
    nodeClientOptions: nodeOptions(access, timeout),
    sentinelClientOptions: nodeOptions(access, timeout),
    // Without a client of its own, node-redis 6.3 loses leases of the pool under concurrent calls.
    reserveClient: true,
    passthroughClientErrorEvents: true,
    scripts,
  }) as unknown as RedisClient;
}

function nodeOptions({ tls, ...credentials }: RedisAccess, timeout: number) {
  const socket = { connectTimeout: timeout, reconnectStrategy: reconnectDelay };
  return { ...credentials, socket: tls ? { ...socket, tls: true as const } : socket };
}

/** Back off to one second, with jitter so that a fleet does not return in step. */
export function reconnectDelay(retries: number): number {
  return Math.min(50 * 2 ** retries, 1000) * (0.75 + Math.random() / 2);
}
