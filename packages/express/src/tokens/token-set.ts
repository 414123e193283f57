/** What the provider gave for a session. Times are milliseconds since the epoch. */
export interface TokenSet {
  accessToken: string;
  refreshToken?: string;
  /** When the access token was received. */
  obtainedAt: number;
  /** When it ends; absent where the provider did not say (RFC 6749 section 5.1). */
  expiresAt?: number;
  /** Who it was issued for, signed (OpenID Connect Core section 2); the last one that came. */
  idToken?: string;
  /** Of the login's ID token: a refreshed one has the same, or none (section 12.2 there). */
  nonce?: string;
  /** The provider's own session where it has one in cookies: a cookie jar as JSON (RFC 6265). */
  cookies?: string;
  /** What was granted, if that differs from what was asked for (RFC 6749 section 3.3). */
  scope?: string;
}

/** A token response as the library validated it (RFC 6749 section 5.1). */
export interface TokenResponse {
  access_token: string;
  refresh_token?: string;
  /** Seconds. */
  expires_in?: number;
  scope?: string;
  id_token?: string;
}

const REFRESH_LEAD = 5 * 60_000;

/**
 * Make the token set of a response.
 * @param previous the set that was refreshed: what the response leaves out stays as it was
 */
export function tokenSetFrom(response: TokenResponse, now: number, previous?: TokenSet): TokenSet {
  const refreshToken = response.refresh_token ?? previous?.refreshToken;
  const scope = response.scope ?? previous?.scope;
  const idToken = response.id_token ?? previous?.idToken;
  return {
    accessToken: response.access_token,
    obtainedAt: now,
    ...(refreshToken !== undefined && { refreshToken }),
    ...(response.expires_in !== undefined && { expiresAt: now + response.expires_in * 1000 }),
    ...(scope !== undefined && { scope }),
    ...(idToken !== undefined && { idToken }),
    ...(previous?.nonce !== undefined && { nonce: previous.nonce }),
  };
}

/** Has the access token ended? One of unknown end has not, until the provider says so. */
export function isExpired({ expiresAt }: TokenSet, now: number): boolean {
  return expiresAt !== undefined && now >= expiresAt;
}

/**
 * Is it time to refresh? Five minutes before the end, or halfway through a life of less than ten
 * minutes.
 */
export function isStale({ obtainedAt, expiresAt }: TokenSet, now: number): boolean {
  if (expiresAt === undefined) return false;
  const life = expiresAt - obtainedAt;
  const lead = life < 2 * REFRESH_LEAD ? life / 2 : REFRESH_LEAD;
  return now >= expiresAt - lead;
}
