import { randomBytes, randomUUID } from 'node:crypto';
import { encodeJwt, hs256 } from '../../provider/jwt.ts';

const SIGN = hs256(randomBytes(32));

/**
 * Mint the JWT of an access cookie, with the claims that Django's JWT packages use.
 * @param times in milliseconds since the epoch, by the provider's own clock
 */
export function mintAccessCookieJwt(
  userId: number,
  times: { issued: number; expires: number },
): string {
  const exp = Math.floor(times.expires / 1000);
  const iat = Math.floor(times.issued / 1000);
  const claims = { token_type: 'access', exp, iat, jti: randomUUID(), user_id: userId };
  return encodeJwt({ header: { alg: 'HS256', typ: 'JWT' }, claims }, SIGN);
}
