import { createHash } from 'node:crypto';
import type { Store } from '../store/store.ts';

/** The orders of providers to end sessions: each is carried out once. */
export interface LogoutOrders {
  /** @returns whether it was carried out, and not before */
  carryOut(order: { provider: string; jti: string }, end: () => Promise<void>): Promise<boolean>;
}

/** @param options.life milliseconds after which an order is refused for its age */
export function createLogoutOrders(options: {
  store: Store;
  prefix: string;
  life: number;
}): LogoutOrders {
  const { store, prefix, life } = options;

  return {
    async carryOut({ provider, jti }, end) {
      const name = createHash('sha256').update(`${provider}\n${jti}`).digest('base64url');
      const key = `${prefix}order:${name}`;
      if ((await store.get(key)) !== null) return false;
      // Marked only afterwards: an order that a trouble of the store interrupts is sent again. To end
      // the same sessions twice does no harm.
      await end();
      return store.claim(key, 'taken', life);
    },
  };
}
