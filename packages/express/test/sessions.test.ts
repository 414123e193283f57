import type { Request } from 'express';
import type { SessionData } from 'express-session';
import { pino } from 'pino';
import { describe, expect, test } from 'vitest';
import { createEndings } from '../src/session/endings.ts';
import { createOwnerNames } from '../src/session/owner-names.ts';
import { createSealer } from '../src/session/seal.ts';
import { SealedStore } from '../src/session/sealed-store.ts';
import { createSessions, type OpenSession } from '../src/session/session.ts';
import { createSessionIndex } from '../src/session/session-index.ts';
import { memoryStore } from '../src/store/memory.ts';
import { type Store, StoreUnavailableError } from '../src/store/store.ts';
import { createTokenStore } from '../src/tokens/token-store.ts';

const HOUR = 3_600_000;
const SECRETS = ['a-secret-of-more-than-32-bytes-0123456789'];

/** Sessions on a clock that only a test moves. */
function house({ idleTtl = 12 * HOUR, absoluteTtl = 24 * HOUR } = {}) {
  let time = Date.parse('2026-01-01');
  const now = () => time;
  const store = memoryStore(now);
  const sealer = createSealer(SECRETS);
  const ownerNames = createOwnerNames(SECRETS);
  const shared = { store, prefix: '', now, log: pino({ level: 'silent' }) };
  const tokens = createTokenStore(store, sealer);
  const sealedStore = new SealedStore({ ...shared, sealer, tokens });
  const index = createSessionIndex({ ...shared, absoluteTtl, sealer, ownerNames });
  const endings = createEndings({ ...shared, ownerNames });
  const kept = { sealedStore, index, endings, tokens, offers: () => true };
  const sessions = createSessions({ ...shared, ...kept, idleTtl, absoluteTtl });
  const request = (sessionID: string, session: object) =>
    ({ sessionID, session, get: () => undefined }) as unknown as Request;

  return {
    store,
    sessions,
    pass(ms: number) {
      time += ms;
    },
    async open(id: string): Promise<OpenSession> {
      const login = { provider: 'test', user: { id: 1 }, began: { at: now() } };
      const session = await sessions.open(request(id, { cookie: {} }), login);
      if (session === 'ended') throw new Error('ended');
      return session;
    },
    /** The session as a request finds it. */
    async find(id: string): Promise<OpenSession | undefined> {
      const stored = await new Promise<SessionData | null | undefined>((resolve, reject) =>
        sealedStore.get(id, (error, found) => (error ? reject(error) : resolve(found))),
      );
      return sessions.current(request(id, stored ?? {}));
    },
  };
}

/** Count the calls of some methods of the store. */
function counting(store: Store, ...methods: ('extend' | 'addMember')[]): () => number {
  let count = 0;
  for (const method of methods) {
    const original = store[method] as (...given: never[]) => Promise<never>;
    store[method] = (...given: never[]) => {
      count += 1;
      return original(...given);
    };
  }
  return () => count;
}

describe('the idle time-out', () => {
  test.each([
    ['that is shorter than the absolute one', {}],
    ['that is as long', { idleTtl: 24 * HOUR }],
    ['that is longer', { idleTtl: 48 * HOUR }],
  ])('%s is pushed at most once a minute, up to the end', async (_what, lives) => {
    const { store, sessions, open, find, pass } = house(lives);
    const { keys, record } = await open('a');
    const pushes = counting(store, 'extend', 'addMember');
    for (let hour = 0; hour < 23; hour += 1) {
      pass(HOUR - 30_000);
      for (let request = 0; request < 30; request += 1) {
        const session = await find('a');
        if (session) sessions.touch(session);
        pass(1000);
      }
      expect(pushes(), `after ${hour} h`).toBeLessThanOrEqual(hour + 2);
      const end = 24 * HOUR - (hour + 1) * HOUR;
      expect(await store.remaining(keys.session)).toBeLessThanOrEqual(
        Math.min(record.idleTtl, end),
      );
    }
    const [seen] = await sessions.list((await find('a')) as OpenSession);
    expect(seen && seen.lastSeenAt - seen.createdAt).toBeGreaterThan(22 * HOUR);
    pass(HOUR);
    expect(await find('a')).toBeUndefined();
  });

  test('pushes no session over its absolute end, not even into a list', async () => {
    const { sessions, open, find, pass } = house();
    await open('old');
    pass(11 * HOUR);
    sessions.touch((await find('old')) as OpenSession);
    pass(11 * HOUR);
    sessions.touch((await find('old')) as OpenSession);
    const young = await open('young');
    pass(3 * HOUR);
    expect(await find('old')).toBeUndefined();
    expect((await sessions.list(young)).map(({ handle }) => handle)).toEqual([young.keys.hash]);
  });
});

describe('a store that fails in the middle', () => {
  const failing = (store: Store, fails: (key: string) => boolean) => {
    const original = store.delete;
    store.delete = async (keys) => {
      if (keys.some(fails)) throw new StoreUnavailableError('away');
      return original(keys);
    };
    return () => {
      store.delete = original;
    };
  };

  test('of a logout everywhere leaves the session that asked: it can ask again', async () => {
    const { store, sessions, open, find } = house();
    const [mine, other] = [await open('mine'), await open('other')];
    const everywhere = async () => {
      const { provider, user } = mine.record;
      await sessions.endAll({ provider, user }, mine);
      await sessions.end(mine.keys.hash, mine.record);
    };
    const mend = failing(store, (key) => key.includes(other.keys.hash));
    await expect(everywhere()).rejects.toThrow(StoreUnavailableError);
    expect(await find('mine')).toBeDefined();
    mend();
    await everywhere();
    expect([await find('mine'), await find('other')]).toEqual([undefined, undefined]);
  });

  test('of a logout, when the session is gone already, does not fail it: its entry heals itself', async () => {
    const { store, sessions, open, find } = house();
    const [gone, other] = [await open('gone'), await open('other')];
    const { removeMembers } = store;
    store.removeMembers = async () => {
      throw new StoreUnavailableError('away');
    };
    await sessions.end(gone.keys.hash, gone.record);
    expect(await find('gone')).toBeUndefined();
    store.removeMembers = removeMembers;
    expect(await sessions.list(other)).toHaveLength(1);
  });
});

test('a session that somebody logs or sends holds no token', async () => {
  const { store, find } = house();
  const sealer = createSealer(SECRETS);
  const tokens = createTokenStore(store, sealer);
  const log = pino({ level: 'silent' });
  const sealedStore = new SealedStore({ store, sealer, tokens, prefix: '', now: () => 0, log });
  const record = {
    ...{ provider: 'test', user: { id: 1 }, device: 'Test' },
    ...{ createdAt: 0, absoluteExpiresAt: Number.MAX_SAFE_INTEGER, idleTtl: HOUR },
  };
  await sealedStore.create('a', { cookie: { originalMaxAge: null }, record });
  const owner = (await find('a')) as OpenSession;
  await tokens.create(owner, { accessToken: 'canary', obtainedAt: 0 }, HOUR);
  const stored = await new Promise((resolve) =>
    sealedStore.get('a', (_error, found) => resolve(found)),
  );
  expect((await find('a'))?.tokens?.tokens.accessToken).toBe('canary');
  expect(JSON.stringify(stored)).toContain('"record"');
  expect(JSON.stringify(stored)).not.toContain('canary');
});
