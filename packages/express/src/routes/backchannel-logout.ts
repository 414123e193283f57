import type { RequestHandler } from 'express';
import { ApiError } from '../errors.ts';
import type { Log } from '../log.ts';
import { verifyLogoutToken } from '../oauth/logout-token.ts';
import { isRedirect, type RedirectProvider } from '../oauth/provider.ts';
import type { Providers } from '../oauth/providers.ts';
import { UntrustedTokenError } from '../oauth/signed-claims.ts';
import type { LogoutOrders } from '../session/logout-orders.ts';
import type { Sessions } from '../session/session.ts';

export interface BackchannelLogoutOptions {
  providers: Providers;
  sessions: Sessions;
  logoutOrders: LogoutOrders;
  log: Log;
}

/**
 * `POST /oauth/backchannel-logout/<id>`: the provider ends sessions, by a token that it signed. No
 * browser is involved: no cookie is read, and none is needed.
 */
export function backchannelLogout(options: BackchannelLogoutOptions): RequestHandler {
  const { providers, sessions, logoutOrders, log } = options;

  return async (req, res) => {
    const provider = issuerOf(providers, String(req.params.id));
    const token = tokenOf(req.body);
    const openId = await provider.openId();
    const verified = verifyLogoutToken(openId, token).catch(refuse(log, provider.id));
    const { jti, sid, sub = '' } = await verified;
    const of = sid === undefined ? { user: { id: sub } } : { sid };
    const isFirst = await logoutOrders.carryOut({ provider: provider.id, jti }, async () => {
      const ended = await sessions.endAll({ provider: provider.id, ...of });
      log.info({ event: 'session.ended_by_provider', provider: provider.id, ended });
    });
    if (!isFirst) throw new ApiError('invalid_request', { reason: 'sent before' });
    res.status(200).end();
  };
}

function issuerOf(providers: Providers, id: string): RedirectProvider {
  const provider = providers.has(id) ? providers.get(id) : undefined;
  if (!provider || !isRedirect(provider) || !provider.sendsIdTokens)
    throw new ApiError('not_found');
  return provider;
}

/** The one `logout_token` of a form (OpenID Connect Back-Channel Logout 1.0 section 2.5). */
function tokenOf(body: unknown): string {
  const form = new URLSearchParams(typeof body === 'string' ? body : '');
  const [token, ...more] = form.getAll('logout_token');
  if (token && more.length === 0) return token;
  throw new ApiError('invalid_request', { reason: 'no logout_token, or several' });
}

/** Nobody looks at the answer but the issuer: why, must be in the log. */
const refuse = (log: Log, provider: string) => (error: unknown) => {
  if (!(error instanceof UntrustedTokenError)) throw error;
  log.warn({ event: 'logout_token.refused', provider, reason: error.message });
  throw new ApiError('invalid_request', { reason: error.message, cause: error });
};
