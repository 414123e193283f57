import {
  errors,
  type JWTPayload,
  type JWTVerifyGetKey,
  type JWTVerifyOptions,
  jwtVerify,
} from 'jose';

/** A token of the issuer that says what it must not say: nothing that came with it may be used. */
export class UntrustedTokenError extends Error {
  constructor(reason: string) {
    super(`the token cannot be trusted: ${reason}`);
    this.name = 'UntrustedTokenError';
  }
}

/** Signed by a private key of the issuer: no `none`, and no secret that two know (RFC 8725 section 3.1). */
export const ALGORITHMS = [
  ...['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'],
  ...['ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519'],
];

/** Seconds that two clocks may differ. */
export const CLOCK_TOLERANCE = 180;

/** What was verified: the claims, how they were signed, and what kind of token it says it is. */
export interface SignedClaims {
  claims: JWTPayload;
  algorithm: string;
  type: string | undefined;
}

/**
 * Verify a token of the issuer: signature, `iss`, `aud`, times and the claims that must be there
 * (RFC 7519 section 7.2). Keys come from the issuer alone, whatever the header says.
 * @throws UntrustedTokenError; what fetching the keys rejects with
 */
export async function signedClaims(
  token: string,
  options: JWTVerifyOptions & { keys: JWTVerifyGetKey; issuer: string; audience: string },
): Promise<SignedClaims> {
  const { keys, ...expected } = options;
  const checks = { ...expected, algorithms: ALGORITHMS, clockTolerance: CLOCK_TOLERANCE };
  try {
    const { payload, protectedHeader } = await verifyWithAny(token, keys, checks);
    return { claims: payload, algorithm: protectedHeader.alg, type: protectedHeader.typ };
  } catch (error) {
    // What jose itself found wrong has a code of its own; a key set that did not come has none.
    if (!(error instanceof errors.JOSEError) || error.code === 'ERR_JOSE_GENERIC') throw error;
    // Not as a cause: it holds all claims, and what is thrown is logged.
    const claim = error instanceof errors.JWTClaimValidationFailed ? `, ${error.claim}` : '';
    throw new UntrustedTokenError(`${error.code}${claim}`);
  }
}

/** A header without `kid` may fit several keys: one of them must have signed. */
async function verifyWithAny(token: string, keys: JWTVerifyGetKey, checks: JWTVerifyOptions) {
  try {
    return await jwtVerify(token, keys, checks);
  } catch (error) {
    if (!(error instanceof errors.JWKSMultipleMatchingKeys)) throw error;
    for await (const key of error) {
      try {
        return await jwtVerify(token, key, checks);
      } catch (failure) {
        if (!(failure instanceof errors.JWSSignatureVerificationFailed)) throw failure;
      }
    }
    throw new errors.JWSSignatureVerificationFailed();
  }
}
