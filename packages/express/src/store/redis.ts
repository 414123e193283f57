import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from '../log.ts';
import { withDeadline } from './deadline.ts';
import { type RedisClient, reconnectDelay, redisClient } from './redis-client.ts';
import { parseRedisUrl } from './redis-url.ts';
import { checkServer } from './server-check.ts';
import { type Store, StoreUnavailableError } from './store.ts';

export interface RedisStoreOptions {
  /** As `parseRedisUrl` reads it: one server, a cluster, or sentinels. */
  url: string;
  log: Log;
  /** Milliseconds after which a command counts as unanswered. Default 3000. */
  timeout?: number;
}

/**
 * Remember in Redis. Connects in the background and again after every loss: a server that is away
 * makes the methods reject, never wait.
 */
export function redisStore({ url, log, timeout = 3000 }: RedisStoreOptions): Store {
  const place = parseRedisUrl(url);
  if (place === undefined) throw new TypeError('url: must be a Redis URL');
  const client = redisClient(place, { timeout, log });
  let closed = false;
  connect(client, { log, isGivenUp: () => closed });

  // A server that stands still loses no connection, and its leases end all the same.
  let still = false;
  let movingAgainAt = Number.NEGATIVE_INFINITY;

  const ask = async <T>(command: () => Promise<T>): Promise<T> => {
    try {
      const answer = await withDeadline(command(), timeout);
      if (still) movingAgainAt = performance.now();
      still = false;
      return answer;
    } catch (error) {
      still ||= error instanceof StoreUnavailableError;
      throw error instanceof StoreUnavailableError ? error : new StoreUnavailableError(error);
    }
  };

  return {
    get: (key) => ask(() => client.get(key).catch(nullForOtherType)),
    remaining: async (key) => Math.max(0, await ask(() => client.pTTL(key))),
    async set(key, value, ttl) {
      await ask(() => client.set(key, value, { expiration: { type: 'PX', value: whole(ttl) } }));
    },
    async claim(key, value, ttl) {
      const expiration = { type: 'PX', value: whole(ttl) } as const;
      return (await ask(() => client.set(key, value, { condition: 'NX', expiration }))) === 'OK';
    },
    async extend(keys, ttl) {
      await ask(() => Promise.all(keys.map((key) => client.pExpire(key, whole(ttl)))));
    },
    swap: (key, expected, value, ttl) =>
      ask(() => client.swap(key, expected, value, whole(ttl)).catch(forOtherType(false))),
    hold: ({ guard, key, owner }, ttl) =>
      ask(() => client.hold(guard, key, owner, whole(ttl)).catch(forOtherType(undefined))),
    async deleteIf(key, value) {
      await ask(() => client.deleteIf(key, value).catch(forOtherType(false)));
    },
    async delete(keys) {
      await ask(() => client.del([...keys]));
    },
    replace: ({ guard, key, expected, value }) =>
      ask(() =>
        client.replace(guard, key, expected, value).catch(forOtherType('changed' as const)),
      ),
    async addMember(group, { name, value }, ttl) {
      const add = async () => {
        const [, , count] = await Promise.all([
          client.hSet(group, name, value),
          client.pExpire(group, whole(ttl)),
          client.hLen(group),
        ]);
        return count;
      };
      const addAnew = async () => {
        await client.del(group);
        return add();
      };
      return ask(() => add().catch((error) => forOtherType(addAnew)(error)()));
    },
    members: (group) => ask(() => client.hGetAll(group).catch(noneForOtherType)),
    async removeMembers(group, names) {
      if (names.length > 0) await ask(() => client.hDel(group, [...names]));
    },
    backFor: () => Math.min(client.backFor(), performance.now() - movingAgainAt),
    async ping() {
      await ask(() => client.ping());
    },
    async close() {
      closed = true;
      if (client.isReady)
        await withDeadline(Promise.resolve(client.close()), timeout).catch(() => {});
      if (client.isOpen) client.destroy();
    },
  };
}

/** Connect for the first time, however long that takes: a cluster that is away refuses at once. */
async function connect(
  client: RedisClient,
  { log, isGivenUp }: { log: Log; isGivenUp: () => boolean },
): Promise<void> {
  for (let retries = 0; !isGivenUp(); retries += 1) {
    try {
      await client.connect();
      return await checkServer(client, log);
    } catch (err) {
      log.debug({ event: 'store.not_connected', err });
    }
    await sleep(reconnectDelay(retries), undefined, { ref: false });
  }
}

/** Redis takes no fraction of a millisecond, and no life of none. */
const whole = (ttl: number) => Math.max(1, Math.ceil(ttl));

/** A key of another type was not written by us: it counts as absent. */
function forOtherType<T>(absent: T) {
  return (error: unknown): T => {
    if (error instanceof Error && error.message.startsWith('WRONGTYPE')) return absent;
    throw error;
  };
}

const nullForOtherType = forOtherType(null);
const noneForOtherType = forOtherType({});
