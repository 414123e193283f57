import { encodeJwt, rs256 } from '../../provider/jwt.ts';
import { ATTACKER } from './forgeries/attacker.ts';
import { claims, type Draft, type Forge, SEAL_FORGERIES, type Tools } from './forgeries/draft.ts';

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

interface LogoutTools extends Tools {
  jti: string;
}

const EVENT = 'http://schemas.openid.net/event/backchannel-logout';
const LIFE = 120;
const HOUR = 3600;

/** Each way in which a logout token can be wrong (OpenID Connect Back-Channel Logout 2.6). */
export const LOGOUT_TOKEN_FORGERIES = {
  /** Good in itself; but the app has just got another with this `jti`. */
  'replayed-jti': (draft) => draft,
  'no-jti': claims(() => ({ jti: undefined })),
  'no-events': claims(() => ({ events: undefined })),
  'wrong-events': claims(() => ({ events: { [`${ATTACKER}/event`]: {} } })),
  'with-nonce': claims(() => ({ nonce: 'a-nonce' })),
  'no-subject-no-session': claims(() => ({ sub: undefined, sid: undefined })),
  'another-session': claims(() => ({ sid: 'a-session-of-somebody-else' })),
  'another-subject': claims(() => ({ sub: 'somebody-else' })),
  'wrong-audience': claims(() => ({ aud: 'another-client' })),
  'wrong-issuer': claims(() => ({ iss: ATTACKER })),
  'no-issued-at': claims(() => ({ iat: undefined })),
  'no-expiry': claims(() => ({ exp: undefined })),
  expired: claims(({ iat }) => lifeFrom(Number(iat) - HOUR)),
  'issued-in-the-future': claims(({ iat }) => lifeFrom(Number(iat) + HOUR)),
  /** As an ID token has it. */
  'wrong-typ': (draft) => ({ ...draft, header: { ...draft.header, typ: 'JWT' } }),
  ...SEAL_FORGERIES,
} satisfies Record<string, Forge>;

export type LogoutTokenForgery = keyof typeof LOGOUT_TOKEN_FORGERIES;

/** Write a logout token, true or forged. */
export async function logoutToken(
  notice: LogoutNotice,
  tools: LogoutTools,
  hostile?: LogoutTokenForgery | undefined,
): Promise<string> {
  const { by, now } = notice;
  const honest: Draft = {
    header: { alg: 'RS256', typ: 'logout+jwt', kid: tools.issuer.kid },
    claims: {
      iss: notice.issuer,
      aud: notice.clientId,
      ...lifeFrom(now),
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

function lifeFrom(iat: number): { iat: number; exp: number } {
  return { iat, exp: iat + LIFE };
}
