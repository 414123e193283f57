import { randomUUID } from 'node:crypto';
import type { SessionKeys } from '../session/session-keys.ts';
import type { Store } from '../store/store.ts';

/** Why nobody may refresh for a while. */
export type CoolDownReason = 'outage' | 'misconfigured';

/** The right to refresh one session's tokens: one holder over all processes. */
export interface Lease {
  /** Keep the right for as long as the token call takes. @returns what to call, and wait for, to stop */
  keep(): () => Promise<void>;
  /** Whether it was given so lately that it cannot have ended meanwhile, even without a renewal. */
  isYoung(): boolean;
  /** Give the right back; somebody else's stays. */
  release(): Promise<void>;
  /** Leave the right with nobody for a while, because the provider is not to be asked again at once. */
  coolDown(reason: CoolDownReason, ms: number): Promise<void>;
}

/** What came of asking for a lease. */
export type LeaseRequest =
  | { kind: 'held'; lease: Lease }
  | { kind: 'busy' }
  | { kind: 'cooling'; reason: CoolDownReason; remaining: number };

/** Milliseconds until a lease that nobody renews ends: a holder that died is replaced after it. */
const LEASE = 5000;
const COOLING = 'cooling:';

/**
 * Milliseconds after the store came back in which nobody new gets a lease: leases may have ended
 * while it was away, and a holder that still has tokens to save comes first. Longer than the longest
 * pause of a reconnection and of an offer to save together.
 */
const SETTLING = 2000;

/** Ask for the right to refresh, once; never waits for it. */
export async function requestLease(
  store: Store,
  { session: guard, lease: key }: SessionKeys,
): Promise<LeaseRequest> {
  if (store.backFor() < SETTLING) return { kind: 'busy' };
  const owner = `held:${randomUUID()}`;
  const asked = performance.now();
  if (await store.claim(key, owner, LEASE)) {
    // A store that took no writes may tell by this very answer that it is back.
    if (store.backFor() < SETTLING) {
      await store.deleteIf(key, owner);
      return { kind: 'busy' };
    }
    return { kind: 'held', lease: lease(store, { guard, key, owner, since: asked }) };
  }
  const [holder, remaining] = await Promise.all([store.get(key), store.remaining(key)]);
  if (!holder?.startsWith(COOLING)) return { kind: 'busy' };
  return { kind: 'cooling', reason: holder.slice(COOLING.length) as CoolDownReason, remaining };
}

function lease(
  store: Store,
  { guard, key, owner, since }: { guard: string; key: string; owner: string; since: number },
): Lease {
  return {
    isYoung: () => performance.now() - since < LEASE * 0.8,
    keep() {
      let renewal = Promise.resolve();
      const timer = setInterval(() => {
        renewal = store.hold({ guard, key, owner }, LEASE).catch(() => {});
      }, LEASE / 4);
      return () => {
        clearInterval(timer);
        return renewal;
      };
    },
    async release() {
      await store.deleteIf(key, owner);
    },
    async coolDown(reason, ms) {
      await store.swap(key, owner, COOLING + reason, ms);
    },
  };
}
