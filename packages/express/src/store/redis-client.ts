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
  | 'ping'
  | 'swap'
  | 'deleteIf'
  | 'replace'
  | 'isReady'
  | 'isOpen'
  | 'destroy'
> & { connect(): Promise<unknown>; close(): unknown };

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
  reportConnection(client, log);
  return client;
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
  reportConnection(cluster, log);
  return cluster as unknown as RedisClient;
}

function sentinelClient(
  { nodes, primary, access }: Extract<RedisPlace, { kind: 'sentinel' }>,
  { timeout, log }: RedisClientOptions,
): RedisClient {
  const sentinel = createSentinel({
    name: primary,
    sentinelRootNodes: [...nodes],
    nodeClientOptions: nodeOptions(access, timeout),
    // Without a client of its own, node-redis 6.3 loses leases of the pool under concurrent calls.
    reserveClient: true,
    passthroughClientErrorEvents: true,
    scripts,
  });
  reportConnection(sentinel, log);
  return sentinel as unknown as RedisClient;
}

function nodeOptions({ tls, ...credentials }: RedisAccess, timeout: number) {
  const socket = { connectTimeout: timeout, reconnectStrategy: reconnectDelay };
  return { ...credentials, socket: tls ? { ...socket, tls: true as const } : socket };
}

/** Back off to one second, with jitter so that a fleet does not return in step. */
function reconnectDelay(retries: number): number {
  return Math.min(50 * 2 ** retries, 1000) * (0.75 + Math.random() / 2);
}

/** Say once when the connection is lost and once when it is back, not at every attempt. */
function reportConnection(
  client: { on(event: string, listener: (error: Error) => void): unknown },
  log: Log,
): void {
  let lost = false;
  client.on('error', (error) => {
    if (!lost) log.error({ event: 'store.lost', reason: error.message });
    lost = true;
  });
  client.on('ready', () => {
    log.info({ event: 'store.ready' });
    lost = false;
  });
}
