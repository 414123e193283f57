import type { AuthenticatedSession } from '@cloakroom/contract/session';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { NO_LANDING } from './address-bar.ts';
import {
  initialState,
  reduceSession,
  type SessionEvent,
  type SessionState,
} from './session-state.ts';

function sessionOf(id: number): AuthenticatedSession {
  return {
    authenticated: true,
    provider: 'p',
    user: { id, username: `user${id}` },
    created_at: `2026-08-20T12:00:0${id}.000Z`,
    idle_expires_at: '2026-08-21T00:00:00.000Z',
    absolute_expires_at: '2026-09-19T12:00:00.000Z',
  };
}

const ANN = sessionOf(1);
const BOB = sessionOf(2);
const OUTAGE = { cause: 'store', retryAt: 5 } as const;
const LATER = { cause: 'offline', retryAt: 9 } as const;

const FAILED = { login: undefined, error: 'invalid_state' } as const;
const CHECKING: SessionState = { status: 'checking', landing: NO_LANDING };
const UNAVAILABLE: SessionState = { status: 'unavailable', landing: NO_LANDING, ...OUTAGE };
const OUT: SessionState = { status: 'signedOut' };
const FAREWELL: SessionState = { status: 'signedOut', farewell: 'here' };
const ELSEWHERE: SessionState = { status: 'signedOut', farewell: 'elsewhere' };
const IN: SessionState = { status: 'signedIn', session: ANN };
const LEAVING: SessionState = { status: 'signedIn', session: ANN, leaving: true };
const DEGRADED: SessionState = { status: 'signedIn', session: ANN, outage: OUTAGE };
const EXPIRED: SessionState = { status: 'expired', previous: ANN };

const found: SessionEvent = { type: 'checked', session: ANN };
const foundBob: SessionEvent = { type: 'checked', session: BOB };
const nobody: SessionEvent = { type: 'checked', session: { authenticated: false } };
const refused: SessionEvent = { type: 'refused' };
const outage: SessionEvent = { type: 'outage', outage: OUTAGE };
const leaving: SessionEvent = { type: 'logoutStarted' };
const stayed: SessionEvent = { type: 'logoutFailed' };
const gone: SessionEvent = { type: 'loggedOut', where: 'here' };
const goneElsewhere: SessionEvent = { type: 'loggedOut', where: 'elsewhere' };
const suspended: SessionEvent = { type: 'suspended' };

const TABLE: [string, SessionState, SessionEvent, SessionState][] = [
  ['somebody is here', CHECKING, found, IN],
  ['nobody is here', CHECKING, nobody, OUT],
  ['a 401 comes before the check', CHECKING, refused, OUT],
  ['the store is down on arrival', CHECKING, outage, UNAVAILABLE],
  ['the store is back: somebody', UNAVAILABLE, found, IN],
  ['the store is back: nobody', UNAVAILABLE, nobody, OUT],
  [
    'the store stays down',
    UNAVAILABLE,
    { type: 'outage', outage: LATER },
    { ...UNAVAILABLE, ...LATER },
  ],
  ['a check finds nothing new', IN, found, IN],
  ['another user logged in in another tab', IN, foundBob, { status: 'signedIn', session: BOB }],
  ['the session ran out', IN, nobody, EXPIRED],
  ['a call is refused', IN, refused, EXPIRED],
  ['the store goes down: no logout', IN, outage, DEGRADED],
  ['the store is back', DEGRADED, found, IN],
  ['the session ran out during an outage', DEGRADED, nobody, EXPIRED],
  ['a logout starts', IN, leaving, LEAVING],
  ['a call is refused by the logout at work', LEAVING, refused, LEAVING],
  ['a check sees the logout at work', LEAVING, nobody, LEAVING],
  ['the logout fails', LEAVING, stayed, IN],
  ['the logout works', LEAVING, gone, FAREWELL],
  ['a logout without a session', OUT, gone, FAREWELL],
  ['a logout in another tab', IN, goneElsewhere, ELSEWHERE],
  ['a logout in another tab, after expiry', EXPIRED, goneElsewhere, ELSEWHERE],
  ['a logout in another tab is no news to somebody signed out', OUT, goneElsewhere, OUT],
  ['somebody signed in again elsewhere', EXPIRED, found, IN],
  ['an expired session stays expired', EXPIRED, nobody, EXPIRED],
  ['an outage is no news to somebody signed out', OUT, outage, OUT],
  ['an outage is no news after expiry', EXPIRED, outage, EXPIRED],
  ['the farewell stays till something happens', FAREWELL, nobody, FAREWELL],
  ['the page goes into the back/forward cache', IN, suspended, CHECKING],
  ['the same with an expired session on it', EXPIRED, suspended, CHECKING],
];

describe('from one state to the next', () => {
  test.each(TABLE)('%s', (_name, before, event, after) => {
    expect(reduceSession(before, event)).toEqual(after);
  });

  test('a check that finds nothing new keeps the very object, so that nothing is drawn again', () => {
    expect(reduceSession(IN, { type: 'checked', session: { ...ANN } })).toBe(IN);
  });
});

describe('what the address bar said', () => {
  const failed = initialState(FAILED);

  test('a failed login is shown to somebody who is not signed in', () => {
    expect(reduceSession(failed, nobody)).toEqual({
      status: 'signedOut',
      loginError: 'invalid_state',
    });
  });

  test('it is not shown to somebody who is: back button, double click, second tab', () => {
    expect(reduceSession(failed, found)).toEqual(IN);
  });

  test('it survives an outage of the store', () => {
    const down = reduceSession(failed, outage);
    expect(reduceSession(down, nobody)).toEqual({
      status: 'signedOut',
      loginError: 'invalid_state',
    });
  });

  test('a login that worked is told once it is seen to have worked', () => {
    const arrived = initialState({ login: 'success', error: undefined });
    expect(reduceSession(arrived, found)).toEqual({ ...IN, login: 'success' });
    expect(reduceSession(arrived, nobody)).toEqual(OUT);
  });

  test('somebody back from the provider’s sign-out is told that it worked', () => {
    expect(reduceSession(initialState({ ...NO_LANDING, farewell: 'here' }), nobody)).toEqual(
      FAREWELL,
    );
  });
});

describe('whatever happens in whatever order', () => {
  const anyEvent = fc.constantFrom(
    found,
    foundBob,
    nobody,
    refused,
    outage,
    leaving,
    stayed,
    gone,
    goneElsewhere,
    suspended,
  );
  const anyLanding = fc.record({
    login: fc.constantFrom('success' as const, undefined),
    error: fc.constantFrom('access_denied' as const, 'unknown' as const, undefined),
  });

  function holds(check: (before: SessionState, event: SessionEvent, after: SessionState) => void) {
    const history = fc.array(anyEvent, { maxLength: 30 });
    fc.assert(
      fc.property(anyLanding, history, (landing, events) => {
        let state = initialState(landing);
        for (const event of events) {
          const after = reduceSession(state, event);
          check(state, event, after);
          state = after;
        }
      }),
      { numRuns: 500 },
    );
  }

  test('only a check makes somebody signed in', () => {
    holds((before, event, after) => {
      if (after.status === 'signedIn' && before.status !== 'signedIn')
        expect(event.type).toBe('checked');
    });
  });

  test('an outage never ends a session', () => {
    holds((before, event, after) => {
      if (event.type === 'outage' && before.status === 'signedIn') {
        expect(after).toMatchObject({ status: 'signedIn', session: before.session });
      }
    });
  });

  test('after a logout, here or put aside, nobody’s data is left in the state', () => {
    holds((_before, event, after) => {
      if (event.type === 'suspended' || (event.type === 'loggedOut' && event.where === 'here')) {
        expect(JSON.stringify(after)).not.toContain('user');
      }
    });
  });

  test('a failed login is never shown to somebody signed in, nor again after that', () => {
    holds((before, _event, after) => {
      if (before.status === 'signedIn') expect(after).not.toHaveProperty('loginError');
    });
  });

  test('only somebody who was signed in sees an expired session, and their own', () => {
    holds((before, _event, after) => {
      if (after.status !== 'expired' || before.status === 'expired') return;
      expect(before).toMatchObject({ status: 'signedIn', session: after.previous });
    });
  });
});
