import { createClient } from 'redis';
import type { Log } from '../log.ts';
import { withDeadline } from './deadline.ts';
import { scripts } from './scripts.ts';
import { type Store, StoreUnavailableError } from './store.ts';

export interface RedisStoreOptions {
  /** `redis://` or `rediss://`, with user and password where the server wants them. */
  url: string;
  log: Log;
  /** Milliseconds after which a command counts as unanswered. Default 2000. */
  timeout?: number;
}

/**
 * Remember in Redis. Connects in the background and again after every loss: a server that is away
 * makes the methods reject, never wait.
 */
export function redisStore({ url, log, timeout = 2000 }: RedisStoreOptions): Store {
  const client = createClient({
    url,
    scripts,
    disableOfflineQueue: true,
    socket: { connectTimeout: timeout, reconnectStrategy: reconnectDelay },
  });
  reportConnection(client, log);
  client.connect().catch((error) => log.error({ event: 'store.gave_up', err: error }));

  const ask = async <T>(command: () => Promise<T>): Promise<T> => {
    try {
      return await withDeadline(command(), timeout);
    } catch (error) {
      throw error instanceof StoreUnavailableError ? error : new StoreUnavailableError(error);
    }
  };

  return {
    get: (key) => ask(() => client.get(key).catch(nullForOtherType)),
    remaining: async (key) => Math.max(0, await ask(() => client.pTTL(key))),
    async set(key, value, ttl) {
      await ask(() => client.set(key, value, { expiration: { type: 'PX', value: ttl } }));
    },
    async claim(key, value, ttl) {
      const expiration = { type: 'PX', value: ttl } as const;
      return (await ask(() => client.set(key, value, { condition: 'NX', expiration }))) === 'OK';
    },
    async extend(keys, ttl) {
      await ask(() => Promise.all(keys.map((key) => client.pExpire(key, ttl))));
    },
    extendIf: (key, value, ttl) => ask(() => client.extendIf(key, value, ttl)),
    async deleteIf(key, value) {
      await ask(() => client.deleteIf(key, value));
    },
    async delete(keys) {
      await ask(() => client.del([...keys]));
    },
    replace: ({ guard, key, expected, value }) =>
      ask(() => client.replace(guard, key, expected, value)),
    async addMember(group, { name, value }, ttl) {
      await ask(() => Promise.all([client.hSet(group, name, value), client.pExpire(group, ttl)]));
    },
    members: (group) => ask(() => client.hGetAll(group).catch(noneForOtherType)),
    async removeMembers(group, names) {
      if (names.length > 0) await ask(() => client.hDel(group, [...names]));
    },
    async ping() {
      await ask(() => client.ping());
    },
    async close() {
      if (client.isReady) await withDeadline(client.close(), timeout).catch(() => {});
      if (client.isOpen) client.destroy();
    },
  };
}

/** Back off to one second, with jitter so that a fleet does not return in step. */
function reconnectDelay(retries: number): number {
  return Math.min(50 * 2 ** retries, 1000) * (0.75 + Math.random() / 2);
}

/** A key of another type was not written by us: it counts as absent. */
function forOtherType<T>(absent: T) {
  return (error: unknown): T => {
    if (error instanceof Error && error.message.startsWith('WRONGTYPE')) return absent;
    throw error;
  };
}

const nullForOtherType = forOtherType(null);
const noneForOtherType = forOtherType({});

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
