import { createClient, createCluster, createSentinel } from 'redis';
import type { Log } from '../log.ts';
import type { RedisAccess, RedisPlace } from './redis-url.ts';
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
  | 'hSet'
  | 'hGetAll'
  | 'hDel'
  | 'hLen'
  | 'ping'
  | 'configGet'
  | 'swap'
  | 'hold'
  | 'deleteIf'
  | 'replace'
  | 'isReady'
  | 'isOpen'
  | 'destroy'
> & { connect(): Promise<unknown>; close(): unknown } & Connection;

/** What is known of a connection. */
interface Connection {
  /** Milliseconds since it came back after a loss; `Infinity` where it was never lost. */
  backFor(): number;
}

export interface RedisClientOptions {
  /** Milliseconds that a connection may take to come about. */
  timeout: number;
  log: Log;
}

/** Make the client of a place. It connects when it is told to, and again after every loss. */
export function redisClient(place: RedisPlace, options: RedisClientOptions): RedisClient {
  switch (place.kind) {
    case 'server':
      return singleClient(place.url, options);
    case 'cluster':
      return clusterClient(place, options);
    case 'sentinel':
      return sentinelClient(place, options);
  }
}

function singleClient(url: string, { timeout, log }: RedisClientOptions) {
  const socket = { connectTimeout: timeout, reconnectStrategy: reconnectDelay };
  const client = createClient({ url, scripts, disableOfflineQueue: true, socket });
  return Object.assign(client, watchConnection(client, log));
}

function clusterClient(
  { nodes, access }: Extract<RedisPlace, { kind: 'cluster' }>,
  { timeout, log }: RedisClientOptions,
): RedisClient {
  const cluster = createCluster({
    rootNodes: nodes.map((socket) => ({ socket })),
    defaults: { ...nodeOptions(access, timeout), disableOfflineQueue: true },
    scripts,
  });
  return Object.assign(cluster, watchConnection(cluster, log)) as unknown as RedisClient;
}

function sentinelClient(
  { nodes, primary, access }: Extract<RedisPlace, { kind: 'sentinel' }>,
  { timeout, log }: RedisClientOptions,
): RedisClient {
  const sentinel = createSentinel({
    name: primary,
    sentinelRootNodes: [...nodes],
    nodeClientOptions: nodeOptions(access, timeout),
    sentinelClientOptions: nodeOptions(access, timeout),
    // Without a client of its own, node-redis 6.3 loses leases of the pool under concurrent calls.
    reserveClient: true,
    passthroughClientErrorEvents: true,
    scripts,
  });
  return Object.assign(sentinel, watchConnection(sentinel, log)) as unknown as RedisClient;
}

function nodeOptions({ tls, ...credentials }: RedisAccess, timeout: number) {
  const socket = { connectTimeout: timeout, reconnectStrategy: reconnectDelay };
  return { ...credentials, socket: tls ? { ...socket, tls: true as const } : socket };
}

/** Back off to one second, with jitter so that a fleet does not return in step. */
export function reconnectDelay(retries: number): number {
  return Math.min(50 * 2 ** retries, 1000) * (0.75 + Math.random() / 2);
}

/** Know, and say, when a connection is lost and when it is back: once, not at every attempt. */
function watchConnection(
  client: { on(event: string, listener: (error: Error) => void): unknown },
  log: Log,
): Connection {
  let lost = false;
  let backAt = Number.NEGATIVE_INFINITY;
  const onLoss = (error: Error) => {
    if (!lost) log.error({ event: 'store.lost', reason: error.message });
    lost = true;
  };
  const onReady = () => {
    if (lost) backAt = performance.now();
    log.info({ event: 'store.ready' });
    lost = false;
  };
  // A cluster tells of each of its nodes.
  client.on('error', onLoss);
  client.on('node-error', onLoss);
  client.on('ready', onReady);
  client.on('node-ready', onReady);
  return { backFor: () => performance.now() - backAt };
}
