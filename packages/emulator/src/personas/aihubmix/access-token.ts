import { createHmac, randomBytes, randomUUID } from 'node:crypto';
import type { Grant } from '../../provider/grants.ts';

const KEY = randomBytes(32);
const HEADER = encode({ alg: 'HS256', typ: 'JWT' });

/**
 * Mint an access token that looks like the documented example, an HS256 JWT. To a client it is
 * opaque; so nothing about the user is in it.
 * @param expires milliseconds since the epoch
 */
export function mintAccessToken(grant: Grant, expires: number): string {
  const claims = { jti: randomUUID(), client_id: grant.clientId, exp: Math.floor(expires / 1000) };
  const signed = `${HEADER}.${encode(claims)}`;
  return `${signed}.${createHmac('sha256', KEY).update(signed).digest('base64url')}`;
}

function encode(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url');
}
