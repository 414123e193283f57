import { createHash, randomBytes } from 'node:crypto';
import type { Sealer } from '../session/seal.ts';
import type { Store } from '../store/store.ts';

/**
 * Addresses that must not pass through a page: the browser gets a ticket, and navigates with it. Good
 * once, and for a minute.
 */
export interface LogoutTickets {
  issue(destination: string): Promise<string>;
  /** @returns where to go; `undefined` for a ticket that is used, too old or none of ours */
  redeem(ticket: string): Promise<string | undefined>;
}

const LIFE = 60_000;

export function createLogoutTickets(options: {
  store: Store;
  sealer: Sealer;
  prefix: string;
}): LogoutTickets {
  const { store, sealer, prefix } = options;
  const keyOf = (ticket: string) =>
    `${prefix}logout:${createHash('sha256').update(ticket).digest('base64url')}`;
  const binding = (ticket: string) => ({ context: 'logout', salt: ticket });

  return {
    async issue(destination) {
      const ticket = randomBytes(32).toString('base64url');
      await store.set(keyOf(ticket), sealer.seal(destination, binding(ticket)), LIFE);
      return ticket;
    },
    async redeem(ticket) {
      const key = keyOf(ticket);
      const sealed = await store.get(key);
      if (sealed === null || !(await store.deleteIf(key, sealed))) return undefined;
      return sealer.open(sealed, binding(ticket));
    },
  };
}
