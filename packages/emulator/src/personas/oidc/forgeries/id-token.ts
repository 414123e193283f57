import { encodeJwt, type Jwt, rs256 } from '../../../provider/jwt.ts';
import { publicJwk, type SigningKey } from '../signing-keys.ts';
import { ATTACKER } from './attacker.ts';
import { claims, type Draft, type Forge, hmac, SEAL_FORGERIES, type Tools } from './draft.ts';

interface IdTokenTools extends Tools {
  /** The address of the attacker's JWKS. */
  attackersJwks: string;
}

const HOUR = 3600;

/** Each way in which an ID token can be wrong (OpenID Connect Core 3.1.3.7, RFC 8725). */
export const ID_TOKEN_FORGERIES = {
  'wrong-issuer': claims(() => ({ iss: ATTACKER })),
  'wrong-audience': claims(() => ({ aud: 'another-client', azp: undefined })),
  'no-audience': claims(() => ({ aud: undefined })),
  'several-audiences-without-azp': claims(({ aud }) => ({
    aud: [aud, 'another-client'],
    azp: undefined,
  })),
  'wrong-azp': claims(({ aud }) => ({ aud: [aud, 'another-client'], azp: 'another-client' })),
  'wrong-nonce': claims(() => ({ nonce: 'the-nonce-of-another-login' })),
  'no-nonce': claims(() => ({ nonce: undefined })),
  'another-subject': claims(() => ({ sub: 'somebody-else' })),
  'no-subject': claims(() => ({ sub: undefined })),
  'no-issued-at': claims(() => ({ iat: undefined })),
  'no-expiry': claims(() => ({ exp: undefined })),
  expired: claims(({ iat }) => ({ iat: Number(iat) - 2 * HOUR, exp: Number(iat) - HOUR })),
  'issued-in-the-future': claims(({ iat }) => ({
    iat: Number(iat) + HOUR,
    exp: Number(iat) + 2 * HOUR,
  })),
  'wrong-at-hash': claims(() => ({ at_hash: 'AAAAAAAAAAAAAAAAAAAAAA' })),
  ...SEAL_FORGERIES,
  /** What fools a verifier that lets the token choose the algorithm. */
  'hs256-with-public-key': (draft, { issuer }) =>
    hmac(draft, issuer.publicKey.export({ type: 'spki', format: 'pem' }).toString()),
  'unknown-kid': async (draft, { attacker }) => byAttacker(draft, await attacker(), {}),
  'attackers-jku': async (draft, { attacker, attackersJwks }) =>
    byAttacker(draft, await attacker(), { jku: attackersJwks }),
  'attackers-jwk': async (draft, { attacker }) => {
    const key = await attacker();
    return byAttacker(draft, key, { jwk: publicJwk(key) });
  },
} satisfies Record<string, Forge<IdTokenTools>>;

export type IdTokenForgery = keyof typeof ID_TOKEN_FORGERIES;

/** Forge an ID token in as many ways as are asked for, none perhaps, and seal it again. */
export async function forgeIdToken(
  token: Jwt,
  kinds: readonly IdTokenForgery[],
  tools: IdTokenTools,
): Promise<string> {
  let draft: Draft = { ...token, sign: rs256(tools.issuer.privateKey) };
  for (const kind of kinds) draft = await ID_TOKEN_FORGERIES[kind](draft, tools);
  return encodeJwt(draft, draft.sign);
}

function byAttacker(draft: Draft, attacker: SigningKey, header: Jwt['header']): Draft {
  return {
    ...draft,
    header: { ...draft.header, kid: attacker.kid, ...header },
    sign: rs256(attacker.privateKey),
  };
}
