import type { PasswordProfile } from '@cloakroom/profiles/provider-profile';
import { Cookie, CookieJar } from 'tough-cookie';
import type { TokenSet } from '../tokens/token-set.ts';

/**
 * Read the token set out of a provider's cookies.
 * @param names of the two that are worth as much as tokens
 * @returns `undefined` where there is no cookie that speaks for anybody
 */
export function tokensOf(
  jar: CookieJar,
  names: PasswordProfile['cookies'],
  now: number,
): TokenSet | undefined {
  const kept = jar.serializeSync();
  if (kept === undefined || kept.cookies.length === 0) return undefined;
  const named = (name: string) =>
    Cookie.fromJSON(kept.cookies.find(({ key }) => key === name)) ?? undefined;
  const access = named(names.access);
  const refresh = named(names.refresh);
  const expiresAt = access?.expiryTime() ?? Number.POSITIVE_INFINITY;
  return {
    // Whatever it is called, the cookies themselves are what speaks.
    accessToken: access?.value ?? 'cookies',
    obtainedAt: now,
    cookies: JSON.stringify(kept),
    ...(refresh !== undefined && { refreshToken: refresh.value }),
    ...(Number.isFinite(expiresAt) && { expiresAt }),
  };
}

/** Make the jar of a token set, empty where there is none. */
export function jarOf(tokens: TokenSet | undefined): CookieJar {
  return tokens?.cookies === undefined
    ? new CookieJar()
    : CookieJar.deserializeSync(JSON.parse(tokens.cookies));
}
