import type { Log } from '../log.ts';

/** Whether a store is there, or which parts of it; anything that stays the same names a part. */
export interface Presence {
  /** Note that it is away, and say so: once until all of it is back. */
  lose(reason: string, part?: unknown): void;
  /** Note that it is away, and leave it to others to say why. */
  miss(): void;
  /** Note that it is there. */
  regain(part?: unknown): void;
  /** Note that it is back with all its parts, whichever were away. @param but one that it may be without */
  regainAll(but?: unknown): void;
  /**
   * Milliseconds since it came back, or a part of it did; 0 while it is away; `Infinity` if nothing
   * ever was. A part that is away holds nobody up at the others: its return is noted before it answers.
   */
  backFor(): number;
}

const WHOLE = 'the whole store';

/**
 * Keep in mind whether a store is there and since when it is back, and tell it.
 * @param now clock in milliseconds that nobody puts back
 */
export function trackPresence(log: Log, now: () => number = () => performance.now()): Presence {
  /** What is away: the whole, or parts. */
  const lost = new Set<unknown>();
  /** When something that was away came back, last. */
  let backAt = Number.NEGATIVE_INFINITY;
  /** Which was told last: the one is told only after the other. */
  let told: 'lost' | 'ready' | undefined;

  const tellReady = () => {
    if (lost.size > 0 || told === 'ready') return;
    told = 'ready';
    log.info({ event: 'store.ready' });
  };

  return {
    lose(reason, part = WHOLE) {
      lost.add(part);
      if (told === 'lost') return;
      told = 'lost';
      log.error({ event: 'store.lost', reason });
    },
    miss() {
      // What was never there has not gone.
      if (told !== undefined) lost.add(WHOLE);
    },
    regain(part = WHOLE) {
      if (lost.delete(part)) backAt = now();
      tellReady();
    },
    regainAll(but) {
      const isWithout = but !== undefined && lost.has(but);
      lost.clear();
      if (isWithout) lost.add(but);
      backAt = now();
      tellReady();
    },
    backFor: () => (lost.has(WHOLE) ? 0 : now() - backAt),
  };
}
