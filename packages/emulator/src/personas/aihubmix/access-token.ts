import { randomBytes, randomUUID } from 'node:crypto';
import type { Grant } from '../../provider/grants.ts';
import { encodeJwt, hs256 } from '../../provider/jwt.ts';

const SIGN = hs256(randomBytes(32));

/**
 * Mint an access token that looks like the documented example, an HS256 JWT. To a client it is
 * opaque; so nothing about the user is in it.
 * @param expires milliseconds since the epoch
 */
export function mintAccessToken(grant: Grant, expires: number): string {
  const claims = { jti: randomUUID(), client_id: grant.clientId, exp: Math.floor(expires / 1000) };
  return encodeJwt({ header: { alg: 'HS256', typ: 'JWT' }, claims }, SIGN);
}
