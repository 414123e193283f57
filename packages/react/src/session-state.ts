import type { AuthenticatedSession, Session } from '@cloakroom/contract/session';
import { type Landing, type LoginError, NO_LANDING } from './address-bar.ts';

/** Why nobody can say who is here, and when the next try is (milliseconds since 1970). */
export interface Outage {
  /** `store`: the BFF cannot reach its sessions. `server`: the BFF does not answer, or not sensibly. */
  cause: 'store' | 'offline' | 'server';
  retryAt: number;
}

/** Who is here, as far as this page knows. */
export type SessionState =
  | { status: 'checking'; landing: Landing }
  | {
      status: 'signedOut';
      /** The login that brought the browser here failed. */
      loginError?: LoginError;
      /** Somebody has just signed out: in this tab, or in another one. */
      farewell?: 'here' | 'elsewhere';
    }
  | {
      status: 'signedIn';
      session: AuthenticatedSession;
      /** The login that brought the browser here has just worked. */
      login?: 'success';
      /** A logout is on its way. */
      leaving?: true;
      /** The last check got no answer; what is known stays. */
      outage?: Outage;
    }
  | { status: 'expired'; previous: AuthenticatedSession }
  | ({ status: 'unavailable'; landing: Landing } & Outage);

/** What can happen to it. */
export type SessionEvent =
  /** `GET /auth/session` answered. */
  | { type: 'checked'; session: Session }
  /** Some call was answered with 401: nobody is signed in. */
  | { type: 'refused' }
  /** A check, or another call, met no session store, no network or no BFF. */
  | { type: 'outage'; outage: Outage }
  | { type: 'logoutStarted' }
  | { type: 'logoutFailed' }
  | { type: 'loggedOut'; where: 'here' | 'elsewhere' }
  /** The page is put aside (back/forward cache): whoever brings it back may be somebody else. */
  | { type: 'suspended' };

/** Begin with what the address bar says. It counts once it is known who is here. */
export function initialState(landing: Landing): SessionState {
  return { status: 'checking', landing };
}

/** Compute the state after an event. Where nothing changes it is the same object. */
export function reduceSession(state: SessionState, event: SessionEvent): SessionState {
  switch (event.type) {
    case 'checked':
      return event.session.authenticated ? found(state, event.session) : nobody(state);
    case 'refused':
      return nobody(state);
    case 'outage':
      return unreachable(state, event.outage);
    case 'logoutStarted':
      return state.status === 'signedIn' ? { ...state, leaving: true } : state;
    case 'logoutFailed':
      return staying(state);
    case 'loggedOut':
      return loggedOut(state, event.where);
    case 'suspended':
      return { status: 'checking', landing: NO_LANDING };
  }
}

function found(state: SessionState, session: AuthenticatedSession): SessionState {
  if (state.status !== 'signedIn') {
    const login = 'landing' in state ? state.landing.login : undefined;
    return { status: 'signedIn', session, ...(login && { login }) };
  }
  if (state.outage === undefined && isSame(state.session, session)) return state;
  const { outage: _over, ...rest } = state;
  return { ...rest, session };
}

function nobody(state: SessionState): SessionState {
  switch (state.status) {
    case 'checking':
    case 'unavailable': {
      const { error, farewell } = state.landing;
      if (error) return { status: 'signedOut', loginError: error };
      return { status: 'signedOut', ...(farewell && { farewell }) };
    }
    case 'signedIn':
      // While a logout is on its way this is the logout at work, not a session that ran out.
      return state.leaving ? state : { status: 'expired', previous: state.session };
    case 'signedOut':
    case 'expired':
      return state;
  }
}

function unreachable(state: SessionState, outage: Outage): SessionState {
  switch (state.status) {
    case 'checking':
    case 'unavailable':
      return { status: 'unavailable', landing: state.landing, ...outage };
    case 'signedIn':
      return { ...state, outage };
    case 'signedOut':
    case 'expired':
      return state;
  }
}

function staying(state: SessionState): SessionState {
  if (state.status !== 'signedIn') return state;
  const { leaving: _no, ...rest } = state;
  return rest;
}

function loggedOut(state: SessionState, where: 'here' | 'elsewhere'): SessionState {
  const shown = state.status === 'signedIn' || state.status === 'expired';
  return where === 'here' || shown ? { status: 'signedOut', farewell: where } : state;
}

function isSame(a: AuthenticatedSession, b: AuthenticatedSession): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
