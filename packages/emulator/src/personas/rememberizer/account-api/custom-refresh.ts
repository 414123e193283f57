import type { Request, RequestHandler } from 'express';
import { cookie } from '../../../pages/cookie.ts';
import { refuseToken } from '../api/reader.ts';
import { ACCOUNT_API, type RememberizerProvider } from '../rememberizer-provider.ts';
import { setAuthCookies } from './auth-cookies.ts';

/** `POST /api/v1/auth/custom-refresh/`: no body, the cookie `refresh_token`; 204 with new cookies. */
export function customRefresh(provider: RememberizerProvider): RequestHandler {
  return (req, res) => {
    const refreshToken = refreshCookie(req);
    const tokens =
      refreshToken === undefined
        ? undefined
        : provider.cookieGrants.refresh({ refreshToken, clientId: ACCOUNT_API });
    if (tokens === undefined || 'refused' in tokens) return refuseToken(res, refreshToken);
    setAuthCookies(provider, res, tokens);
    res.status(204).end();
  };
}

/** Watch how many refreshes of one session are under way at once. */
export function watchCookieRefreshes(provider: RememberizerProvider): RequestHandler {
  return (req, res, next) => {
    const grant = provider.cookieGrants.ofRefreshToken(refreshCookie(req) ?? '');
    if (grant !== undefined) provider.traffic.watchRefresh(grant.id, res);
    next();
  };
}

/** Read the cookie that a session is refreshed with. */
export function refreshCookie(req: Request): string | undefined {
  return cookie(req, 'refresh_token');
}
