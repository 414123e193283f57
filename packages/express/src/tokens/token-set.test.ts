import { describe, expect, test } from 'vitest';
import { isExpired, isStale, tokenSetFrom } from './token-set.ts';

const MINUTE = 60_000;
const set = (life: number) => ({ accessToken: 'a', obtainedAt: 0, expiresAt: life });

describe('it is time to refresh', () => {
  test.each([
    [120 * MINUTE, 115 * MINUTE - 1, false],
    [120 * MINUTE, 115 * MINUTE, true],
    [10 * MINUTE, 5 * MINUTE - 1, false],
    [10 * MINUTE, 5 * MINUTE, true],
    [4 * MINUTE, 2 * MINUTE - 1, false],
    [4 * MINUTE, 2 * MINUTE, true],
    [0, 0, true],
  ])('of a life of %i ms after %i ms: %s', (life, now, expected) => {
    expect(isStale(set(life), now)).toBe(expected);
  });

  test('never, where the provider did not say when the token ends', () => {
    const tokens = { accessToken: 'a', obtainedAt: 0 };
    expect(isStale(tokens, Number.MAX_SAFE_INTEGER)).toBe(false);
    expect(isExpired(tokens, Number.MAX_SAFE_INTEGER)).toBe(false);
  });
});

describe('the set of a response', () => {
  test('keeps what the response leaves out', () => {
    const previous = { accessToken: 'a', refreshToken: 'r', obtainedAt: 0, scope: 's' };
    expect(tokenSetFrom({ access_token: 'b', expires_in: 60 }, 1000, previous)).toEqual({
      accessToken: 'b',
      refreshToken: 'r',
      obtainedAt: 1000,
      expiresAt: 61_000,
      scope: 's',
    });
  });

  test('takes the new refresh token where there is one', () => {
    const previous = { accessToken: 'a', refreshToken: 'r', obtainedAt: 0 };
    const next = tokenSetFrom({ access_token: 'b', refresh_token: 'r2' }, 0, previous);
    expect(next.refreshToken).toBe('r2');
    expect(next.expiresAt).toBeUndefined();
  });
});
