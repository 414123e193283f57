import type { Log } from '../log.ts';
import type { Store } from '../store/store.ts';
import type { SessionIndex } from './session-index.ts';
import type { SessionKeys } from './session-keys.ts';
import type { SessionRecord } from './session-record.ts';

/** Push the idle time-out of a session forward, at most once a minute. Never waits, never fails. */
export type Touch = (session: {
  keys: SessionKeys;
  record: SessionRecord;
  idleExpiresAt: number;
}) => void;

export interface TouchOptions {
  store: Store;
  index: SessionIndex;
  now: () => number;
  log: Log;
}

const MINUTE = 60_000;

/**
 * The end of a session in the store tells when it was seen last, until it reaches the absolute end. From
 * there on there is nothing to push, and its entry in the user's list is told instead.
 */
export function createTouch({ store, index, now, log }: TouchOptions): Touch {
  /** When such entries were told, those of long ago first. */
  const toldAt = new Map<string, number>();

  return ({ keys, record, idleExpiresAt }) => {
    const end = Math.min(now() + record.idleTtl, record.absoluteExpiresAt);
    const isLast = end === record.absoluteExpiresAt;
    const interval = Math.min(MINUTE, record.idleTtl / 4);
    // The last push is worth it however little it moves.
    const isDue = end - idleExpiresAt >= (isLast ? Math.min(1000, interval) : interval);
    if (!isDue && !(isLast && untoldFor(keys.hash, interval))) return;
    const touched = isDue
      ? store.extend([keys.session, keys.tokens], end - now())
      : index.see(record, keys.hash);
    touched.catch((err) => log.warn({ event: 'session.not_touched', session: keys.hash, err }));
  };

  /** Whether this process has not told an entry for so long; notes that it does now. */
  function untoldFor(hash: string, milliseconds: number): boolean {
    const last = toldAt.get(hash);
    if (last !== undefined && now() - last < milliseconds) return false;
    toldAt.delete(hash);
    toldAt.set(hash, now());
    for (const [other, at] of toldAt) {
      if (now() - at < MINUTE) break;
      toldAt.delete(other);
    }
    return true;
  }
}
