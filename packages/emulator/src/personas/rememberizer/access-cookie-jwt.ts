import { createHmac, randomBytes, randomUUID } from 'node:crypto';

const KEY = randomBytes(32);
const HEADER = encode({ alg: 'HS256', typ: 'JWT' });

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
  const signed = `${HEADER}.${encode(claims)}`;
  return `${signed}.${createHmac('sha256', KEY).update(signed).digest('base64url')}`;
}

function encode(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url');
}
