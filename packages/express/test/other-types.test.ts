import { randomUUID } from 'node:crypto';
import { pino } from 'pino';
import { createClient } from 'redis';
import { expect, inject, test } from 'vitest';
import { redisStore } from '../src/store/redis.ts';

test('what somebody put under our keys as another type counts as absent', async () => {
  const url = inject('redisUrl');
  const client = await createClient({ url }).connect();
  const store = redisStore({ url, log: pino({ level: 'silent' }) });
  while (
    !(await store.ping().then(
      () => true,
      () => false,
    ))
  )
    await new Promise(setImmediate);
  const hash = randomUUID();
  const [list, guard, text] = [`list:{${hash}}`, `guard:{${hash}}`, `text:{${hash}}`];
  await client.rPush(list, 'not ours');
  await client.set(guard, 'session');
  await client.set(text, 'not ours');

  expect(await store.get(list)).toBeNull();
  expect(await store.swap(list, 'a', 'b', 1000)).toBe(false);
  expect(await store.replace({ guard, key: list, expected: 'a', value: 'b' })).toBe('changed');
  await store.deleteIf(list, 'a');
  expect(await store.members(text)).toEqual({});
  await store.addMember(text, { name: 'a', value: '1' }, 1000);
  expect(await store.members(text)).toEqual({ a: '1' });
  await Promise.all([store.close(), client.close()]);
});
