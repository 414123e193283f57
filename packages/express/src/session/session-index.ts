import { createHmac } from 'node:crypto';
import { z } from 'zod';
import type { Log } from '../log.ts';
import type { Store } from '../store/store.ts';
import type { Sealer } from './seal.ts';
import { keysOfHash } from './session-keys.ts';
import type { SessionRecord } from './session-record.ts';

/** A session as its user sees it in a list. Times in milliseconds since the epoch. */
export interface ListedSession {
  /** Hash of the session id: names the session, and opens nothing. */
  handle: string;
  device: string;
  createdAt: number;
  /** To the minute: that is how often the idle time-out is pushed. */
  lastSeenAt: number;
}

/** Which sessions a user has. */
export interface SessionIndex {
  /**
   * Add a session that is in the store already.
   * @returns the sessions to end, for they are more than a user may have: the oldest
   */
  add(record: SessionRecord, handle: string): Promise<readonly string[]>;
  remove(record: SessionRecord, handle: string): Promise<void>;
  /** Move the entry of a session to the group of the first secret, sealed with it. */
  sealAgain(record: SessionRecord, handle: string): Promise<void>;
  /** The sessions that are alive, the newest first. What ended meanwhile is forgotten here. */
  list(record: SessionRecord): Promise<ListedSession[]>;
}

export interface SessionIndexOptions {
  store: Store;
  sealer: Sealer;
  secrets: readonly string[];
  prefix: string;
  /** Milliseconds: the longest life of a session. */
  absoluteTtl: number;
  now: () => number;
  log: Log;
}

const entrySchema = z.object({ device: z.string(), createdAt: z.number(), idleTtl: z.number() });

/** Sessions that a user may have at a time. */
const AT_MOST = 100;
/** Each time a group has grown by so many, it is looked through for sessions that have ended. */
const SWEEP_EVERY = 20;

/**
 * Keep, a user, one group of entries, sealed like everything else. A session that ends by itself
 * leaves its entry behind until somebody lists, or until a login sweeps the group.
 */
export function createSessionIndex(options: SessionIndexOptions): SessionIndex {
  const { store, sealer, secrets, prefix, absoluteTtl, now, log } = options;

  // Under the secret: a hash of a small number would tell who it is. Old secrets still find.
  const groupsOf = ({ provider, user }: SessionRecord) =>
    secrets.map((secret) => {
      const name = createHmac('sha256', secret).update(`${provider}\n${user.id}`);
      return `${prefix}user:{${name.digest('base64url')}}`;
    });

  const alive = async (group: string): Promise<ListedSession[]> => {
    const entries = Object.entries(await store.members(group));
    const sessions = await Promise.all(
      entries.map(async ([handle, sealed]) => {
        const remaining = await store.remaining(keysOfHash(prefix, handle).session);
        const content = sealer.open(sealed, binding(handle));
        if (remaining === 0 || content === undefined) return { handle, listed: undefined };
        const { device, createdAt, idleTtl } = entrySchema.parse(JSON.parse(content));
        const lastSeenAt = Math.max(createdAt, now() + remaining - idleTtl);
        return { handle, listed: { handle, device, createdAt, lastSeenAt } };
      }),
    );
    const ended = sessions.filter(({ listed }) => listed === undefined);
    await store.removeMembers(
      group,
      ended.map(({ handle }) => handle),
    );
    return sessions.flatMap(({ listed }) => listed ?? []);
  };

  const put = ({ device, createdAt, idleTtl }: SessionRecord, group: string, handle: string) => {
    const value = sealer.seal(JSON.stringify({ device, createdAt, idleTtl }), binding(handle));
    return store.addMember(group, { name: handle, value }, absoluteTtl);
  };

  return {
    async add(record, handle) {
      const [group = ''] = groupsOf(record);
      const count = await put(record, group, handle);
      if (count % SWEEP_EVERY !== 0) return [];
      const newestFirst = (await alive(group)).sort(
        (one, other) => other.createdAt - one.createdAt,
      );
      log.info({ event: 'session.index_swept', before: count, after: newestFirst.length });
      return newestFirst.slice(AT_MOST).map((session) => session.handle);
    },
    async remove(record, handle) {
      await Promise.all(groupsOf(record).map((group) => store.removeMembers(group, [handle])));
    },
    async sealAgain(record, handle) {
      const [group = '', ...olderGroups] = groupsOf(record);
      await put(record, group, handle);
      await Promise.all(olderGroups.map((older) => store.removeMembers(older, [handle])));
    },
    async list(record) {
      const found = await Promise.all(groupsOf(record).map(alive));
      return found.flat().sort((a, b) => b.createdAt - a.createdAt);
    },
  };
}

const binding = (handle: string) => ({ context: 'index', salt: handle });
