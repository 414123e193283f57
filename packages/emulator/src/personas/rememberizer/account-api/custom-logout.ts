import type { RequestHandler } from 'express';
import { cookie } from '../../../pages/cookie.ts';
import type { RememberizerProvider } from '../rememberizer-provider.ts';
import { clearAuthCookies } from './auth-cookies.ts';
import { refreshCookie } from './custom-refresh.ts';

/** `POST /api/v1/auth/custom-logout/`: 204 and both cookies cleared, for somebody without a session too. */
export function customLogout(provider: RememberizerProvider): RequestHandler {
  return (req, res) => {
    const { cookieGrants } = provider;
    const ended = [
      cookieGrants.ofRefreshToken(refreshCookie(req) ?? ''),
      cookieGrants.ofAccessToken(cookie(req, 'access_token') ?? ''),
    ];
    for (const grant of ended) if (grant !== undefined) grant.revoked = true;
    clearAuthCookies(res);
    res.status(204).end();
  };
}
