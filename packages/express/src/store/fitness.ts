import { randomUUID } from 'node:crypto';
import { type Store, StoreUnavailableError } from './store.ts';

/** What a server says that will never do what was asked: too old, or not allowed to us. */
const NEVER =
  /NOPERM|can't run this command|unknown (redis )?command|syntax error|wrong number of arg/i;

/** Milliseconds that the keys of a trial live, should they not be deleted. */
const LIFE = 1000;

/**
 * Try out on keys of its own, once, all that the engine asks of a store. A server that is away,
 * read-only or full for the moment is not unfit.
 * @param prefix of every key
 * @returns why this store can never serve; `fit` where it can, `away` where nobody knows
 */
export async function whyUnfit(
  store: Store,
  prefix: string,
): Promise<'fit' | 'away' | { reason: string }> {
  try {
    await tryOut(store, `${prefix}trial:{${randomUUID()}}`);
    return 'fit';
  } catch (error) {
    if (!(error instanceof StoreUnavailableError)) throw error;
    const said = error.cause instanceof Error ? error.cause.message : '';
    return NEVER.test(said) ? { reason: said } : 'away';
  }
}

async function tryOut(store: Store, name: string): Promise<void> {
  const guard = `${name}:guard`;
  const key = `${name}:key`;
  const group = `${name}:group`;
  await store.claim(guard, 'owner', LIFE);
  await store.set(key, 'one', LIFE);
  await store.extend([guard, key], LIFE);
  await store.remaining(key);
  await store.replace({ guard, key, expected: 'one', value: 'two' });
  await store.swap(key, 'two', 'three', LIFE);
  await store.hold({ guard, key, owner: 'three' }, LIFE);
  await store.get(key);
  await store.deleteIf(key, 'three');
  await store.count(key, LIFE);
  await store.addMember(group, { name: 'member', value: 'value' }, LIFE);
  await store.members(group);
  await store.removeMembers(group, ['member']);
  await store.delete([guard, key]);
}
