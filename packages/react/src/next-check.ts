import type { SessionState } from './session-state.ts';

/** A check that comes back with an end in the past (the clocks differ) is not repeated sooner than this. */
const SHORTEST_MS = 30_000;
/** setTimeout counts in 32 bits: a session of 30 days would end at once. */
const LONGEST_MS = 24 * 60 * 60 * 1000;

/**
 * Compute how long to wait for the next check: till the outage is to be tried again, or till the
 * session is said to end. The end moves with every call, so it is a reason to ask, not an end.
 * @returns milliseconds from `now`; `undefined` where there is nothing to wait for
 */
export function nextCheckIn(
  state: SessionState,
  now: number,
  pollInterval?: number,
): number | undefined {
  if (state.status === 'unavailable') return Math.max(0, state.retryAt - now);
  if (state.status !== 'signedIn') return undefined;
  if (state.outage !== undefined) return Math.max(0, state.outage.retryAt - now);
  const { idle_expires_at, absolute_expires_at } = state.session;
  const end = Math.min(Date.parse(idle_expires_at), Date.parse(absolute_expires_at));
  // One second after the end, lest the BFF still finds a few milliseconds left.
  const untilEnd = Math.max(SHORTEST_MS, end + 1000 - now);
  return Math.min(untilEnd, pollInterval ?? LONGEST_MS, LONGEST_MS);
}

const FIRST_RETRY_MS = 2000;
const LAST_RETRY_MS = 30_000;
const LONGEST_RETRY_AFTER_S = 300;

/**
 * Compute when to try again after a failure.
 * @param failures how many there were in a row, this one included
 * @param retryAfter seconds that the BFF asked for, which is what counts where it is given
 */
export function retryDelay(failures: number, retryAfter: number | undefined): number {
  if (retryAfter !== undefined) {
    return Math.min(Math.max(retryAfter, 1), LONGEST_RETRY_AFTER_S) * 1000;
  }
  return Math.min(FIRST_RETRY_MS * 2 ** (failures - 1), LAST_RETRY_MS);
}
