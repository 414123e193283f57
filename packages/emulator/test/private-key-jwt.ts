import { generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import type { ClientAuth } from 'openid-client';

const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });

/** What an app registers that signs its requests to the token endpoint. */
export const jwks = {
  keys: [{ ...publicKey.export({ format: 'jwk' }), alg: 'ES256', kid: 'mine' }],
};

/** Sign requests to the token endpoint with the key of these `jwks` (RFC 7523). */
export const privateKeyJwt: ClientAuth = (as, { client_id }, body) => {
  const now = Math.floor(Date.now() / 1000);
  const claims = { iss: client_id, sub: client_id, aud: as.issuer, jti: randomUUID() };
  const header = encode({ alg: 'ES256', kid: 'mine' });
  const input = `${header}.${encode({ ...claims, iat: now, exp: now + 60 })}`;
  const key = { key: privateKey, dsaEncoding: 'ieee-p1363' } as const;
  const signature = sign('sha256', Buffer.from(input), key).toString('base64url');
  body.set('client_id', client_id);
  body.set('client_assertion', `${input}.${signature}`);
  body.set('client_assertion_type', 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer');
};

function encode(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url');
}
