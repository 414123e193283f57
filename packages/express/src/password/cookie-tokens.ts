import { createHash } from 'node:crypto';
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
  const all = kept.cookies.flatMap((cookie) => Cookie.fromJSON(cookie) ?? []);
  const refresh = all.find(({ key }) => key === names.refresh);
  // Its name stands in no document; what it holds is said to be a JWT.
  const access =
    all.find(({ key }) => key === names.access) ??
    all.find((cookie) => cookie !== refresh && isJwt(cookie.value));
  const expiresAt = access?.expiryTime() ?? Number.POSITIVE_INFINITY;
  const cookies = JSON.stringify(kept);
  return {
    // Where none is one, the cookies themselves are what speaks: this only tells old from new.
    accessToken: access?.value ?? createHash('sha256').update(cookies).digest('base64url'),
    obtainedAt: now,
    cookies,
    ...(refresh !== undefined && { refreshToken: refresh.value }),
    ...(Number.isFinite(expiresAt) && { expiresAt }),
  };
}

const isJwt = (value: string) => /^eyJ[\w-]+\.[\w-]+\.[\w-]*$/.test(value);

/** Make the jar of a token set, empty where there is none. */
export function jarOf(tokens: TokenSet | undefined): CookieJar {
  return tokens?.cookies === undefined
    ? new CookieJar()
    : CookieJar.deserializeSync(JSON.parse(tokens.cookies));
}
