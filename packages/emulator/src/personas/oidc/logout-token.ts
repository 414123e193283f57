import { ATTACKER } from './forgeries/attacker.ts';
import { encodeJwt, hs256, type Jwt, rs256, type Sign, unsigned } from './jwt.ts';
import type { SigningKey } from './signing-keys.ts';

/** Whom a logout token names: `sid` the session, `sub` the user, with all their sessions. */
export const NAMED_BY = ['sid', 'sub', 'both'] as const;

export interface LogoutNotice {
  issuer: string;
  clientId: string;
  sub: string;
  sid: string;
  by: (typeof NAMED_BY)[number];
  /** Seconds since the epoch. */
  now: number;
}

/** What there is to sign with. */
export interface Tools {
  issuer: SigningKey;
  /** Made when it is needed. */
  attacker: () => Promise<SigningKey>;
  clientSecret: string;
  jti: string;
}

interface Draft extends Jwt {
  sign: Sign;
}

type Forge = (draft: Draft, tools: Tools) => Draft | Promise<Draft>;

const EVENT = 'http://schemas.openid.net/event/backchannel-logout';
const LIFE = 120;

/** Each way in which a logout token can be wrong (OpenID Connect Back-Channel Logout 2.6). */
export const LOGOUT_TOKEN_FORGERIES = {
  /** Good in itself; but the app has just got another with this `jti`. */
  'replayed-jti': (draft) => draft,
  'no-jti': claims({ jti: undefined }),
  'no-events': claims({ events: undefined }),
  'wrong-events': claims({ events: { [`${ATTACKER}/event`]: {} } }),
  'with-nonce': claims({ nonce: 'a-nonce' }),
  'no-subject-no-session': claims({ sub: undefined, sid: undefined }),
  'another-session': claims({ sid: 'a-session-of-somebody-else' }),
  'another-subject': claims({ sub: 'somebody-else' }),
  'wrong-audience': claims({ aud: 'another-client' }),
  'wrong-issuer': claims({ iss: ATTACKER }),
  'no-issued-at': claims({ iat: undefined }),
  'no-expiry': claims({ exp: undefined }),
  expired: (draft) => changed(draft, { iat: early(draft), exp: early(draft) + LIFE }),
  'issued-in-the-future': (draft) => changed(draft, { iat: late(draft), exp: late(draft) + LIFE }),
  /** As an ID token has it. */
  'wrong-typ': (draft) => ({ ...draft, header: { ...draft.header, typ: 'JWT' } }),
  'bad-signature': async (draft, { attacker }) => ({
    ...draft,
    sign: rs256((await attacker()).privateKey),
  }),
  'alg-none': (draft) => ({ ...draft, header: { alg: 'none' }, sign: unsigned }),
  'hs256-with-client-secret': (draft, { clientSecret }) => ({
    ...draft,
    header: { ...draft.header, alg: 'HS256' },
    sign: hs256(clientSecret),
  }),
} satisfies Record<string, Forge>;

export type LogoutTokenForgery = keyof typeof LOGOUT_TOKEN_FORGERIES;

/** Write a logout token, true or forged. */
export async function logoutToken(
  notice: LogoutNotice,
  tools: Tools,
  hostile?: LogoutTokenForgery | undefined,
): Promise<string> {
  const { by, now } = notice;
  const honest: Draft = {
    header: { alg: 'RS256', typ: 'logout+jwt', kid: tools.issuer.kid },
    claims: {
      iss: notice.issuer,
      aud: notice.clientId,
      iat: now,
      exp: now + LIFE,
      jti: tools.jti,
      events: { [EVENT]: {} },
      ...(by !== 'sid' && { sub: notice.sub }),
      ...(by !== 'sub' && { sid: notice.sid }),
    },
    sign: rs256(tools.issuer.privateKey),
  };
  const forge = hostile === undefined ? undefined : LOGOUT_TOKEN_FORGERIES[hostile];
  const draft = (await forge?.(honest, tools)) ?? honest;
  return encodeJwt(draft, draft.sign);
}

function claims(changes: Jwt['claims']): Forge {
  return (draft) => changed(draft, changes);
}

function changed(draft: Draft, changes: Jwt['claims']): Draft {
  return { ...draft, claims: { ...draft.claims, ...changes } };
}

function early({ claims: { iat } }: Draft): number {
  return Number(iat) - 3600;
}

function late({ claims: { iat } }: Draft): number {
  return Number(iat) + 3600;
}
