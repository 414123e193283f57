import type { OpenIdProvider } from './provider.ts';
import { CLOCK_TOLERANCE, signedClaims, UntrustedTokenError } from './signed-claims.ts';

/** Whose sessions an issuer ends, by a back-channel logout. */
export interface LogoutOrder {
  /** Identifies the order: it is good once. */
  jti: string;
  /** The session at the issuer, where it names one. */
  sid?: string;
  /** The user; all of their sessions, where no `sid` is named. */
  sub?: string;
}

const EVENT = 'http://schemas.openid.net/event/backchannel-logout';

/** Seconds since an order was given, after which it is refused. */
const MAX_AGE = 600;

/** Milliseconds for which it is remembered that an order was carried out: while it would be taken. */
export const LOGOUT_ORDER_LIFE = (MAX_AGE + 2 * CLOCK_TOLERANCE) * 1000;

/**
 * Verify a logout token (OpenID Connect Back-Channel Logout 1.0 section 2.6).
 * @throws UntrustedTokenError
 */
export async function verifyLogoutToken(
  { clientId, issuer, keys, now }: OpenIdProvider,
  logoutToken: string,
): Promise<LogoutOrder> {
  const { claims, type } = await signedClaims(logoutToken, {
    keys,
    issuer,
    audience: clientId,
    currentDate: new Date(now()),
    requiredClaims: ['iat', 'jti', 'events'],
    maxTokenAge: MAX_AGE,
  });
  const { jti = '', sid, sub, events, nonce } = claims;
  const check = (isRight: boolean, claim: string) => {
    if (!isRight) throw new UntrustedTokenError(claim);
  };

  // An ID token must not pass for an order (section 2.4).
  check(type === undefined || /^(application\/)?(logout\+)?jwt$/i.test(type), 'typ');
  check(nonce === undefined, 'nonce');
  check(isObject(events) && isObject(events[EVENT]), 'events');
  check(typeof jti === 'string' && jti !== '', 'jti');
  check(sid === undefined || (typeof sid === 'string' && sid !== ''), 'sid');
  check(sid !== undefined || (typeof sub === 'string' && sub !== ''), 'neither sid nor sub');
  return { jti, ...(typeof sid === 'string' && { sid }), ...(sub !== undefined && { sub }) };
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
