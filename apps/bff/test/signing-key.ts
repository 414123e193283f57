import {
  constants,
  createHmac,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
  sign,
} from 'node:crypto';

/** How a token is signed (RFC 7518 section 3.1). */
export type SigningAlgorithm = 'RS256' | 'RS512' | 'PS256' | 'ES256' | 'EdDSA';

export interface SigningKey {
  kid: string;
  alg: SigningAlgorithm;
  privateKey: KeyObject;
  publicKey: KeyObject;
}

/** A key as it is published (RFC 7517). */
export type Jwk = Record<string, unknown>;

/** Sign what is to be signed; gives the signature in base64url. */
export type Seal = (input: string) => string;

/** Make a new key. */
export function newSigningKey(alg: SigningAlgorithm): SigningKey {
  return { kid: randomBytes(6).toString('base64url'), alg, ...pairFor(alg) };
}

function pairFor(alg: SigningAlgorithm) {
  if (alg === 'ES256') return generateKeyPairSync('ec', { namedCurve: 'P-256' });
  if (alg === 'EdDSA') return generateKeyPairSync('ed25519');
  return generateKeyPairSync('rsa', { modulusLength: 2048 });
}

export function publicJwk({ kid, alg, publicKey }: SigningKey): Jwk {
  return { ...publicKey.export({ format: 'jwk' }), kid, alg, use: 'sig' };
}

export function privateJwk({ kid, alg, privateKey }: SigningKey): Jwk {
  return { ...privateKey.export({ format: 'jwk' }), kid, alg };
}

export function sealedBy({ privateKey, alg: own }: SigningKey, alg: SigningAlgorithm = own): Seal {
  const key = {
    key: privateKey,
    ...(alg === 'ES256' && { dsaEncoding: 'ieee-p1363' as const }),
    ...(alg === 'PS256' && { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 }),
  };
  const hash = alg === 'EdDSA' ? null : `sha${alg.slice(2)}`;
  return (input) => sign(hash, Buffer.from(input), key).toString('base64url');
}

/** Sign with a secret that two know (HS256, HS384, HS512). */
export function sealedWith(secret: string | Buffer, bits = 256): Seal {
  return (input) => createHmac(`sha${bits}`, secret).update(input).digest('base64url');
}
