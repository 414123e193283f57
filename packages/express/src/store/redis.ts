import type { Log } from '../log.ts';
import { redisConnection } from './redis-connection.ts';
import { parseRedisUrl } from './redis-url.ts';
import type { Store } from './store.ts';

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
  const { ask, write, backFor, close } = redisConnection({ place, timeout, log });
  return {
    get: (key) => ask((client) => client.get(key).catch(nullForOtherType)),
    remaining: async (key) => Math.max(0, await ask((client) => client.pTTL(key))),
    async set(key, value, ttl) {
      await write((client) => client.set(key, value, { expiration: lasting(ttl) }));
    },
    async claim(key, value, ttl) {
      const options = { condition: 'NX', expiration: lasting(ttl) } as const;
      return (await write((client) => client.set(key, value, options))) === 'OK';
    },
    async extend(keys, ttl) {
      await ask((client) => Promise.all(keys.map((key) => client.pExpire(key, whole(ttl)))));
    },
    swap: (key, expected, value, ttl) =>
      ask((client) => client.swap(key, expected, value, whole(ttl)).catch(forOtherType(false))),
    hold: ({ guard, key, owner }, ttl) =>
      ask((client) => client.hold(guard, key, owner, whole(ttl)).catch(forOtherType(undefined))),
    deleteIf: (key, value) =>
      ask((client) => client.deleteIf(key, value).catch(forOtherType(false))),
    count: (key, ttl) => ask((client) => client.count(key, whole(ttl))),
    async delete(keys) {
      await ask((client) => client.del([...keys]));
    },
    replace: ({ guard, key, expected, value }) =>
      ask((client) =>
        client.replace(guard, key, expected, value).catch(forOtherType('changed' as const)),
      ),
    addMember: (group, member, ttl) =>
      ask(async (client) => {
        const add = () => client.addMember(group, member, whole(ttl));
        try {
          return await add();
        } catch (error) {
          if (!isOtherType(error)) throw error;
          await client.del(group);
          return add();
        }
      }),
    members: (group) => ask((client) => client.hGetAll(group).catch(noneForOtherType)),
    async removeMembers(group, names) {
      if (names.length > 0) await ask((client) => client.hDel(group, [...names]));
    },
    backFor,
    async ping() {
      await ask((client) => client.ping());
    },
    close,
  };
}

/** Redis takes no fraction of a millisecond, and no life of none. */
const whole = (ttl: number) => Math.max(1, Math.ceil(ttl));

const lasting = (ttl: number) => ({ type: 'PX', value: whole(ttl) }) as const;

/** A key of another type was not written by us: it counts as absent. */
function isOtherType(error: unknown): boolean {
  return error instanceof Error && error.message.startsWith('WRONGTYPE');
}

function forOtherType<T>(absent: T) {
  return (error: unknown): T => {
    if (isOtherType(error)) return absent;
    throw error;
  };
}

const nullForOtherType = forOtherType(null);
const noneForOtherType = forOtherType({});
