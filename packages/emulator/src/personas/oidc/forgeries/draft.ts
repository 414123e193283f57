import { hs256, type Jwt, rs256, type Sign, unsigned } from '../../../provider/jwt.ts';
import type { SigningKey } from '../signing-keys.ts';

/** A token that is not sealed yet. */
export interface Draft extends Jwt {
  sign: Sign;
}

/** What there is to forge with. */
export interface Tools {
  /** The key that the issuer signs with. */
  issuer: SigningKey;
  /** A key that is in nobody's JWKS but the attacker's own; it is made when it is needed. */
  attacker: () => Promise<SigningKey>;
  clientSecret: string;
}

export type Forge<With extends Tools = Tools> = (
  draft: Draft,
  tools: With,
) => Draft | Promise<Draft>;

/** Each way in which the seal of any token can be wrong (RFC 8725). */
export const SEAL_FORGERIES = {
  /** By a key that is not ours, under the name of the one that is. */
  'bad-signature': async (draft, { attacker }) => ({
    ...draft,
    sign: rs256((await attacker()).privateKey),
  }),
  'alg-none': (draft) => ({ ...draft, header: { alg: 'none' }, sign: unsigned }),
  'hs256-with-client-secret': (draft, { clientSecret }) => hmac(draft, clientSecret),
} satisfies Record<string, Forge>;

/** Change claims; what is undefined is left out of the token. */
export function claims(changed: (was: Jwt['claims']) => Jwt['claims']): Forge {
  return (draft) => ({ ...draft, claims: { ...draft.claims, ...changed(draft.claims) } });
}

/** Seal a token with a secret, where a signature belongs. */
export function hmac(draft: Draft, secret: string): Draft {
  return { ...draft, header: { ...draft.header, alg: 'HS256' }, sign: hs256(secret) };
}
