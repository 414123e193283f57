type Claims = Record<string, unknown>;

/** Each way in which userinfo can speak of nobody, or of another (OpenID Connect Core 5.3.2). */
export const USERINFO_FORGERIES = {
  'another-subject': (claims) => ({ ...claims, sub: 'somebody-else' }),
  'no-subject': ({ sub: _sub, ...claims }) => claims,
} satisfies Record<string, (claims: Claims) => Claims>;

export type UserinfoForgery = keyof typeof USERINFO_FORGERIES;

export function forgeUserinfo(claims: Claims, kinds: readonly UserinfoForgery[]): Claims {
  return kinds.reduce((forged: Claims, kind) => USERINFO_FORGERIES[kind](forged), claims);
}
