import { createHash } from 'node:crypto';
import type { Store } from '../store/store.ts';
import type { OwnerNames, SessionOwner } from './owner-names.ts';

/** Whom an order to end sessions concerns: one session by its hash, or those of an owner. */
export type Ended = { session: string } | SessionOwner;

/** When a login began: by the clock of this process, or as long ago as a key says that lives so many ms. */
export type Beginning = { at: number } | { key: string; life: number };

/**
 * The latest orders to end sessions, for logins that are under way meanwhile: they would bring back
 * what has just been ended. An order is noted before sessions are looked for, and asked for once a new
 * session is in the store: so the one finds the other, whichever comes first.
 */
export interface Endings {
  note(ended: Ended): Promise<void>;
  /**
   * Whether somebody ordered since a login began to end what it makes. Ages are compared, not the times
   * of two machines: how old an order is, the store tells.
   * @param login.replaces hash of the session that the browser had before
   */
  since(
    began: Beginning,
    login: SessionOwner & { replaces?: string | undefined },
  ): Promise<boolean>;
}

/** Milliseconds that an order is remembered: longer than any callback takes. */
const LIFE = 10 * 60_000;

export function createEndings(options: {
  store: Store;
  ownerNames: OwnerNames;
  prefix: string;
  now: () => number;
}): Endings {
  const { store, ownerNames, prefix, now } = options;
  const key = (name: string) => `${prefix}ended:${name}`;
  // A name of its own: nothing with the name of a session outlives it.
  const ofSession = (hash: string) =>
    `session:{${createHash('sha256').update(hash).digest('base64url')}}`;
  const namesOf = (owner: SessionOwner) => [
    ...ownerNames.ofUser(owner),
    ...ownerNames.ofSid(owner),
  ];

  /** Milliseconds since a key was written; its whole life where there is none. */
  const ageOf = async (name: string, life: number) => life - (await store.remaining(name));

  return {
    async note(ended) {
      const names = 'session' in ended ? [ofSession(ended.session)] : namesOf(ended);
      await Promise.all(names.map((name) => store.set(key(name), 'ended', LIFE)));
    },
    async since(began, login) {
      const names = namesOf(login);
      if (login.replaces !== undefined) names.push(ofSession(login.replaces));
      const ages = await Promise.all(names.map((name) => ageOf(key(name), LIFE)));
      const orders = ages.filter((each) => each < LIFE);
      if (orders.length === 0) return false;
      // Afterwards: then no order that came later seems to have come before.
      const age = 'at' in began ? now() - began.at : await ageOf(began.key, began.life);
      return orders.some((order) => order <= age);
    },
  };
}
