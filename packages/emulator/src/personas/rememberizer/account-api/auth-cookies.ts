import type { CookieOptions, Response } from 'express';
import type { TokenSet } from '../../../provider/grants.ts';
import type { RememberizerProvider } from '../rememberizer-provider.ts';

const OPTIONS: CookieOptions = { httpOnly: true, secure: true, sameSite: 'lax', path: '/' };

/** Set the cookies of a session: an access token, which is a JWT, and a refresh token. */
export function setAuthCookies(
  provider: RememberizerProvider,
  res: Response,
  tokens: TokenSet,
): void {
  const { accessCookie, refreshCookie } = provider.quirks;
  res.cookie('access_token', tokens.accessToken, { ...OPTIONS, maxAge: accessCookie * 1000 });
  if (tokens.refreshToken === undefined) return;
  res.cookie('refresh_token', tokens.refreshToken, { ...OPTIONS, maxAge: refreshCookie * 1000 });
}

/** Take both cookies away. */
export function clearAuthCookies(res: Response): void {
  for (const name of ['access_token', 'refresh_token']) {
    res.cookie(name, '', { ...OPTIONS, maxAge: 0 });
  }
}
