import { pino } from 'pino';
import { describe, expect, test } from 'vitest';
import { createOwnerNames } from '../src/session/owner-names.ts';
import { createSealer } from '../src/session/seal.ts';
import { createSessionIndex } from '../src/session/session-index.ts';
import { keysOfHash } from '../src/session/session-keys.ts';
import { memoryStore } from '../src/store/memory.ts';

const HOUR = 3_600_000;
const OLD = 'an-old-secret-of-more-than-32-bytes-0123456789';
const NEW = 'a-newer-secret-of-more-than-32-bytes-987654321';

function house(secrets = [OLD]) {
  const store = memoryStore();
  const shared = { store, prefix: '', now: Date.now, log: pino({ level: 'silent' }) };
  const index = (own = secrets) =>
    createSessionIndex({
      ...shared,
      absoluteTtl: HOUR,
      sealer: createSealer(own),
      ownerNames: createOwnerNames(own),
    });
  const live = (hash: string) => store.set(keysOfHash('', hash).session, 'session', HOUR);
  return { store, index, live };
}

const record = (createdAt = Date.now(), id: string | number = 1) => ({
  provider: 'test',
  user: { id },
  createdAt,
  absoluteExpiresAt: Date.now() + HOUR,
  idleTtl: HOUR,
  device: 'Chrome on Linux',
});

describe('the sessions of a user', () => {
  test('are those that are alive, the newest first, and nobody else’s', async () => {
    const { index, live } = house();
    const sessions = index();
    for (const [hash, age] of [
      ['a', 3],
      ['b', 1],
      ['c', 2],
    ] as const) {
      if (hash !== 'c') await live(hash);
      await sessions.add(record(Date.now() - age * 1000), hash);
    }
    await live('other');
    await sessions.add(record(Date.now(), '1 '), 'other');
    expect((await sessions.list(record())).map(({ handle }) => handle)).toEqual(['b', 'a']);
  });

  test('leave no entry behind: the group goes with the last one', async () => {
    const { index, store } = house();
    const sessions = index();
    await sessions.add(record(), 'gone');
    const { members } = store;
    const groups: string[] = [];
    store.members = (group) => {
      groups.push(group);
      return members(group);
    };
    expect(await sessions.list(record())).toEqual([]);
    expect(await members(groups[0] ?? '')).toEqual({});
  });

  test('are still listed after a new secret was put in front', async () => {
    const { index, live } = house();
    await live('a');
    await index([OLD]).add(record(), 'a');
    expect(await index([NEW, OLD]).list(record())).toHaveLength(1);
  });

  test('are a hundred at most: the oldest are named for their end', async () => {
    const { index, live } = house();
    const sessions = index();
    const ended: string[] = [];
    for (let count = 0; count < 140; count += 1) {
      await live(`s${count}`);
      ended.push(...(await sessions.add(record(1000 + count), `s${count}`)));
    }
    expect(new Set(ended)).toEqual(new Set(Array.from({ length: 40 }, (_, count) => `s${count}`)));
  });
});
