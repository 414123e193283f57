import { createHash } from 'node:crypto';
import type { JWTPayload } from 'jose';
import type { OpenIdProvider } from './provider.ts';
import { CLOCK_TOLERANCE, signedClaims, UntrustedTokenError } from './signed-claims.ts';

/** What an ID token must agree with besides its issuer. */
export interface ExpectedIdToken {
  /** The access token that it came with: `at_hash` speaks of it. */
  accessToken: string;
  /** Of the attempt; absent where the token came with a refresh. */
  nonce?: string | undefined;
  /** Of the session, where there is one already (OpenID Connect Core section 12.2). */
  subject?: string | undefined;
  /** Of the login: a refreshed token has the same, or none. */
  nonceBefore?: string | undefined;
}

/**
 * Seconds that may have passed since an ID token was issued: it comes straight from the issuer, but
 * some issuers date it five minutes back, for clients whose clocks are slow.
 */
const MAX_AGE = 480;

/** A time of an ID token beyond this is nonsense: the year 5138, in seconds since the epoch. */
const LATEST = 1e11;

/**
 * Verify an ID token (OpenID Connect Core section 3.1.3.7): signature, issuer, audience, times,
 * nonce, and the access token it came with. Nothing else may be used before.
 * @returns its claims, `sub` among them
 * @throws UntrustedTokenError
 */
export async function verifyIdToken(
  { clientId, issuer, keys, trustedAudiences, now }: OpenIdProvider,
  idToken: string,
  expected: ExpectedIdToken,
): Promise<JWTPayload & { sub: string }> {
  const { claims, algorithm } = await signedClaims(idToken, {
    keys,
    issuer,
    audience: clientId,
    currentDate: new Date(now()),
    requiredClaims: ['sub', 'iat', 'exp'],
  });
  const { sub = '', aud, azp, nonce, iat = 0, exp = 0, at_hash } = claims;
  const seconds = now() / 1000;
  const check = (isRight: boolean, claim: string) => {
    if (!isRight) throw new UntrustedTokenError(claim);
  };

  check(typeof sub === 'string' && sub !== '', 'sub');
  check(expected.subject === undefined || sub === expected.subject, 'sub of another user');
  const others = [aud].flat().filter((one) => one !== clientId);
  check(
    others.every((one) => trustedAudiences.includes(String(one))),
    'aud of others as well',
  );
  check(azp === clientId || (azp === undefined && others.length === 0), 'azp');
  check(iat <= seconds + CLOCK_TOLERANCE, 'iat in the future');
  check(iat >= seconds - MAX_AGE, 'iat long ago');
  check(exp < LATEST, 'exp');
  check(expected.nonce === undefined || nonce === expected.nonce, 'nonce');
  const isAnother = expected.nonceBefore !== undefined && nonce !== expected.nonceBefore;
  check(nonce === undefined || !isAnother, 'nonce of another login');
  check(at_hash === undefined || at_hash === hashOf(expected.accessToken, algorithm), 'at_hash');
  return { ...claims, sub };
}

/** The left half of a hash, by the token's own algorithm (OpenID Connect Core section 3.1.3.6). */
function hashOf(accessToken: string, algorithm: string): string {
  const bits = /\d{3}$/.exec(algorithm)?.[0];
  const digest = createHash(algorithm.startsWith('Ed') ? 'sha512' : `sha${bits}`)
    .update(accessToken)
    .digest();
  return digest.subarray(0, digest.length / 2).toString('base64url');
}
