import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import { afterAll, describe, expect, inject, test } from 'vitest';
import { memoryStore } from '../src/store/memory.ts';
import { redisStore } from '../src/store/redis.ts';
import type { Store } from '../src/store/store.ts';
import { startCluster, startSentinel, type Topology } from './redis-topologies.ts';

interface Opened {
  store: Store;
  stop?: () => Promise<unknown>;
}

const stores: Record<string, () => Promise<Opened>> = {
  memory: async () => ({ store: memoryStore() }),
  redis: async () => ({ store: await connected(inject('redisUrl')) }),
  'a redis cluster': async () => opened(await startCluster()),
  'redis behind a sentinel': async () => opened(await startSentinel()),
};

async function opened({ url, stop }: Topology): Promise<Opened> {
  return { store: await connected(url), stop };
}

async function connected(url: string): Promise<Store> {
  const store = redisStore({ url, log: pino({ level: 'silent' }) });
  const answers = () =>
    store.ping().then(
      () => true,
      () => false,
    );
  while (!(await answers())) await sleep(20);
  return store;
}

describe.each(Object.entries(stores))('the store in %s', async (_name, open) => {
  const { store, stop } = await open();
  afterAll(async () => {
    await store.close();
    await stop?.();
  });
  const key = () => `test:{${randomUUID()}}`;

  test('gives back what was written until it ends', async () => {
    const one = key();
    await store.set(one, 'value', 80);
    expect(await store.get(one)).toBe('value');
    expect(await store.remaining(one)).toBeGreaterThan(0);
    await sleep(120);
    expect(await store.get(one)).toBeNull();
    expect(await store.remaining(one)).toBe(0);
  });

  test('lets one of many claim a key', async () => {
    const one = key();
    const claims = await Promise.all(
      Array.from({ length: 20 }, (_, index) => store.claim(one, String(index), 5000)),
    );
    expect(claims.filter(Boolean)).toHaveLength(1);
  });

  test('lets a key be claimed again after it ended', async () => {
    const one = key();
    await store.claim(one, 'first', 50);
    await sleep(80);
    expect(await store.claim(one, 'second', 5000)).toBe(true);
  });

  test('moves the end of a key, and makes none by it', async () => {
    const [one, other] = [key(), key()];
    await store.set(one, 'value', 100);
    await store.extend([one, other], 10_000);
    expect(await store.remaining(one)).toBeGreaterThan(5000);
    expect(await store.get(other)).toBeNull();
  });

  test('swaps, and deletes, only for whoever knows the value', async () => {
    const one = key();
    await store.set(one, 'mine', 1000);
    expect(await store.swap(one, 'yours', 'other', 10_000)).toBe(false);
    await store.deleteIf(one, 'yours');
    expect(await store.remaining(one)).toBeLessThanOrEqual(1000);
    expect(await store.swap(one, 'mine', 'still mine', 10_000)).toBe(true);
    expect(await store.get(one)).toBe('still mine');
    expect(await store.remaining(one)).toBeGreaterThan(5000);
    await store.deleteIf(one, 'still mine');
    expect(await store.get(one)).toBeNull();
  });

  test('replaces a value only for whoever knows it, and only beside its guard', async () => {
    const hash = randomUUID();
    const [guard, one] = [`guard:{${hash}}`, `value:{${hash}}`];
    await store.set(one, 'old', 10_000);
    const change = { guard, key: one, expected: 'old', value: 'new' };
    expect(await store.replace(change)).toBe('gone');
    await store.set(guard, 'session', 10_000);
    expect(await store.replace({ ...change, expected: 'other' })).toBe('changed');
    expect(await store.get(one)).toBe('old');
    expect(await store.replace(change)).toBe('replaced');
    expect(await store.get(one)).toBe('new');
    expect(await store.remaining(one)).toBeGreaterThan(5000);
  });

  test('keeps a group of members, and forgets it with the last one', async () => {
    const group = key();
    await store.addMember(group, { name: 'a', value: '1' }, 10_000);
    await store.addMember(group, { name: 'b', value: '2' }, 10_000);
    expect(await store.members(group)).toEqual({ a: '1', b: '2' });
    await store.removeMembers(group, ['a', 'c']);
    await store.removeMembers(group, []);
    expect(await store.members(group)).toEqual({ b: '2' });
    expect(await store.remaining(group)).toBeGreaterThan(5000);
    await store.removeMembers(group, ['b']);
    expect(await store.members(group)).toEqual({});
    expect(await store.remaining(group)).toBe(0);
  });

  test('takes any fraction of a millisecond', async () => {
    const one = key();
    await store.set(one, 'a', 5000.25);
    await store.extend([one], 5000.5);
    expect(await store.swap(one, 'a', 'b', 5000.75)).toBe(true);
    expect(await store.claim(key(), 'c', 0.5)).toBe(true);
    expect(await store.get(one)).toBe('b');
  });

  test('holds for an owner: what is held, and what ended beside its guard', async () => {
    const hash = randomUUID();
    const [guard, one] = [`guard:{${hash}}`, `lease:{${hash}}`];
    const holding = { guard, key: one, owner: 'me' };
    await store.hold(holding, 10_000);
    expect(await store.get(one)).toBeNull();
    await store.set(one, 'me', 1000);
    await store.hold(holding, 10_000);
    expect(await store.remaining(one)).toBeGreaterThan(5000);
    await store.set(one, 'somebody else', 10_000);
    await store.set(guard, 'session', 10_000);
    await store.hold(holding, 10_000);
    expect(await store.get(one)).toBe('somebody else');
    await store.delete([one]);
    await store.hold(holding, 10_000);
    expect(await store.get(one)).toBe('me');
  });

  test('deletes several keys', async () => {
    const hash = randomUUID();
    const keys = [`a:{${hash}}`, `b:{${hash}}`];
    for (const one of keys) await store.set(one, 'value', 5000);
    await store.delete(keys);
    expect(await Promise.all(keys.map((one) => store.get(one)))).toEqual([null, null]);
  });
});
