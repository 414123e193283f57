import { z } from 'zod';
import type { Log } from '../log.ts';
import type { Store } from '../store/store.ts';
import type { OwnerNames, SessionOwner } from './owner-names.ts';
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

/** Which sessions a user has, and which belong to a session at the provider. */
export interface SessionIndex {
  /**
   * Add a session that is in the store already.
   * @returns the sessions to end, for they are more than a user may have: the oldest
   */
  add(record: SessionRecord, handle: string): Promise<readonly string[]>;
  remove(owner: SessionOwner, handle: string): Promise<void>;
  /** Note that a session is seen now, where the end of its idle time-out cannot tell. */
  see(record: SessionRecord, handle: string): Promise<unknown>;
  /** Move the entries of a session to the groups of the first secret, sealed with it. */
  sealAgain(record: SessionRecord, handle: string): Promise<void>;
  /** A user's sessions that are alive, the newest first. What ended meanwhile is forgotten here. */
  list(record: SessionRecord): Promise<ListedSession[]>;
  /** Handles of the sessions of a session at the provider, or else of a user. */
  find(owner: SessionOwner): Promise<readonly string[]>;
}

export interface SessionIndexOptions {
  store: Store;
  sealer: Sealer;
  ownerNames: OwnerNames;
  prefix: string;
  /** Milliseconds: the longest life of a session. */
  absoluteTtl: number;
  now: () => number;
  log: Log;
}

const entrySchema = z.object({
  device: z.string(),
  createdAt: z.number(),
  absoluteExpiresAt: z.number(),
  idleTtl: z.number(),
  lastSeenAt: z.number().optional(),
});

/** Sessions that a user may have at a time. */
const AT_MOST = 100;
/** Each time a group has grown by so many, it is looked through for sessions that have ended. */
const SWEEP_EVERY = 20;

/**
 * Keep groups of entries, sealed like everything else: one a user, and one a session at the provider
 * where that names its sessions. A session that ends by itself leaves its entries behind until
 * somebody lists, or until a login sweeps the group.
 */
export function createSessionIndex(options: SessionIndexOptions): SessionIndex {
  const { store, sealer, ownerNames, prefix, absoluteTtl, now, log } = options;

  const groupsOfUser = (owner: SessionOwner) => ownerNames.ofUser(owner).map(prefixed);
  const groupsOfSid = (owner: SessionOwner) => ownerNames.ofSid(owner).map(prefixed);
  const prefixed = (name: string) => prefix + name;

  const alive = async (group: string): Promise<ListedSession[]> => {
    const entries = Object.entries(await store.members(group));
    const sessions = await Promise.all(
      entries.map(async ([handle, sealed]) => {
        const remaining = await store.remaining(keysOfHash(prefix, handle).session);
        const content = sealer.open(sealed, binding(handle));
        const ended = { handle, listed: undefined };
        if (remaining === 0 || content === undefined) return ended;
        const entry = entrySchema.parse(JSON.parse(content));
        const { device, createdAt, absoluteExpiresAt, idleTtl } = entry;
        if (absoluteExpiresAt <= now()) return ended;
        const noted = entry.lastSeenAt ?? createdAt;
        const lastSeenAt = Math.max(noted, now() + remaining - idleTtl);
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

  /** @returns the groups, each with the number of its members */
  const put = async (record: SessionRecord, handle: string, seen?: { lastSeenAt: number }) => {
    const { device, createdAt, absoluteExpiresAt, idleTtl } = record;
    const entry = JSON.stringify({ device, createdAt, absoluteExpiresAt, idleTtl, ...seen });
    const value = sealer.seal(entry, binding(handle));
    const groups = [...groupsOfUser(record).slice(0, 1), ...groupsOfSid(record).slice(0, 1)];
    const member = { name: handle, value };
    return Promise.all(
      groups.map(async (group) => ({
        group,
        count: await store.addMember(group, member, absoluteTtl),
      })),
    );
  };

  /** Forget what has ended. @returns the handles that are too many */
  const sweep = async ({ group, count }: { group: string; count: number }) => {
    if (count % SWEEP_EVERY !== 0) return [];
    const newestFirst = (await alive(group)).sort(byAge);
    log.info({ event: 'session.index_swept', before: count, after: newestFirst.length });
    return newestFirst.slice(AT_MOST).map(({ handle }) => handle);
  };

  const take = async (groups: readonly string[], handle: string): Promise<void> => {
    await Promise.all(groups.map((group) => store.removeMembers(group, [handle])));
  };

  return {
    async add(record, handle) {
      const groups = await put(record, handle);
      return (await Promise.all(groups.map(sweep))).flat();
    },
    see: (record, handle) => put(record, handle, { lastSeenAt: now() }),
    remove: (owner, handle) => take([...groupsOfUser(owner), ...groupsOfSid(owner)], handle),
    async sealAgain(record, handle) {
      await put(record, handle);
      await take([...groupsOfUser(record).slice(1), ...groupsOfSid(record).slice(1)], handle);
    },
    async list(record) {
      const found = await Promise.all(groupsOfUser(record).map(alive));
      // During a rotation a session may be in two groups.
      const unique = new Map(found.flat().map((session) => [session.handle, session]));
      return [...unique.values()].sort(byAge);
    },
    async find(owner) {
      const groups = owner.sid === undefined ? groupsOfUser(owner) : groupsOfSid(owner);
      const found = await Promise.all(groups.map(alive));
      return found.flat().map(({ handle }) => handle);
    },
  };
}

const byAge = (one: ListedSession, other: ListedSession) => other.createdAt - one.createdAt;

const binding = (handle: string) => ({ context: 'index', salt: handle });
