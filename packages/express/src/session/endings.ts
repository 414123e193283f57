import { createHash } from 'node:crypto';
import type { Store } from '../store/store.ts';
import type { OwnerNames, SessionOwner } from './owner-names.ts';

/** Whom an order to end sessions concerns: one session by its hash, or those of an owner. */
export type Ended = { session: string } | SessionOwner;

/**
 * The latest orders to end sessions, for logins that are under way meanwhile: they would bring back
 * what has just been ended. An order is noted before sessions are looked for, and asked for once a new
 * session is in the store: so the one finds the other, whichever comes first.
 */
export interface Endings {
  note(ended: Ended): Promise<void>;
  /**
   * Whether somebody ordered since `began` to end what a login makes. The age of an order is taken from
   * the store, that of the login from the clock of its own process: no two clocks are compared.
   * @param login.replaces hash of the session that the browser had before
   */
  since(began: number, login: SessionOwner & { replaces?: string | undefined }): Promise<boolean>;
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

  return {
    async note(ended) {
      const names = 'session' in ended ? [ofSession(ended.session)] : namesOf(ended);
      await Promise.all(names.map((name) => store.set(key(name), 'ended', LIFE)));
    },
    async since(began, login) {
      const names = namesOf(login);
      if (login.replaces !== undefined) names.push(ofSession(login.replaces));
      const remaining = await Promise.all(names.map((name) => store.remaining(key(name))));
      const age = now() - began;
      return remaining.some((left) => left > 0 && LIFE - left <= age);
    },
  };
}
