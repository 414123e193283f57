import { describe, expect, test } from 'vitest';
import { NO_LANDING } from './address-bar.ts';
import { nextCheckIn, retryDelay } from './next-check.ts';
import type { SessionState } from './session-state.ts';

const NOW = Date.parse('2026-08-20T12:00:00Z');
const HOUR = 3_600_000;

function signedIn(
  idleIn: number,
  absoluteIn: number,
): Extract<SessionState, { status: 'signedIn' }> {
  return {
    status: 'signedIn',
    session: {
      authenticated: true,
      provider: 'p',
      user: { id: 1 },
      created_at: new Date(NOW).toISOString(),
      idle_expires_at: new Date(NOW + idleIn).toISOString(),
      absolute_expires_at: new Date(NOW + absoluteIn).toISOString(),
    },
  };
}

describe('the next check', () => {
  test('comes just after the session is said to end, whichever end is first', () => {
    expect(nextCheckIn(signedIn(HOUR, 2 * HOUR), NOW)).toBe(HOUR + 1000);
    expect(nextCheckIn(signedIn(2 * HOUR, HOUR), NOW)).toBe(HOUR + 1000);
  });

  test('comes after the poll interval where that is shorter', () => {
    expect(nextCheckIn(signedIn(HOUR, HOUR), NOW, 60_000)).toBe(60_000);
  });

  test('a session of 30 days does not overflow setTimeout and end at once', () => {
    expect(nextCheckIn(signedIn(720 * HOUR, 720 * HOUR), NOW)).toBe(24 * HOUR);
  });

  test('a clock that is hours ahead of the BFF’s makes no storm of checks', () => {
    expect(nextCheckIn(signedIn(-HOUR, -HOUR), NOW)).toBe(30_000);
  });

  test('comes when an outage is to be tried again', () => {
    const outage = { cause: 'store', retryAt: NOW + 5000 } as const;
    expect(nextCheckIn({ status: 'unavailable', landing: NO_LANDING, ...outage }, NOW)).toBe(5000);
    expect(nextCheckIn({ ...signedIn(HOUR, HOUR), outage }, NOW)).toBe(5000);
    expect(nextCheckIn({ ...signedIn(HOUR, HOUR), outage }, NOW + 9000)).toBe(0);
  });

  test('does not come where nobody is signed in', () => {
    expect(nextCheckIn({ status: 'signedOut' }, NOW, 1000)).toBeUndefined();
    expect(nextCheckIn({ status: 'checking', landing: NO_LANDING }, NOW)).toBeUndefined();
  });
});

describe('the pause before a retry', () => {
  test('is what the BFF asks for, within reason', () => {
    expect(retryDelay(1, 7)).toBe(7000);
    expect(retryDelay(9, 7)).toBe(7000);
    expect(retryDelay(1, 0)).toBe(1000);
    expect(retryDelay(1, 86_400)).toBe(300_000);
  });

  test('grows with the failures where it does not say', () => {
    expect([1, 2, 3, 4, 5, 50].map((n) => retryDelay(n, undefined))).toEqual([
      2000, 4000, 8000, 16_000, 30_000, 30_000,
    ]);
  });
});
