import type { Topup } from '@cloakroom/contract/user-info';
import type { RequestHandler } from 'express';
import { ApiError } from '../errors.ts';
import { isLoopback } from '../loopback.ts';
import { requireSession } from '../middleware/require-session.ts';
import { isRedirect, type RedirectProvider } from '../oauth/provider.ts';
import type { Providers } from '../oauth/providers.ts';
import { jsonOf } from '../proxy/api-failure.ts';
import { clientGone } from '../proxy/client-gone.ts';
import type { ProviderApi } from '../proxy/provider-api.ts';

/** `GET /api/user/topup`: where the user tops up the balance, if the provider has such a page. */
export function topup(options: {
  providers: Providers;
  callProvider: ProviderApi;
}): RequestHandler {
  return async (_req, res) => {
    const session = requireSession(res);
    const provider = options.providers.get(session.record.provider);
    const path = isRedirect(provider) ? provider.profile.endpoints?.topup : undefined;
    if (path === undefined || !isRedirect(provider)) throw new ApiError('not_supported');
    const call = { url: provider.url(path), method: 'GET', signal: clientGone(res) } as const;
    const { topup_url } = jsonOf(await options.callProvider(session, provider, call));
    if (!isAllowed(topup_url, provider)) {
      throw new ApiError('provider_error', { reason: 'top-up on a host that is not allowed' });
    }
    const answer: Topup = { topup_url };
    res.json(answer);
  };
}

/** The page opens in front of the user: https, or loopback at a loopback provider, and a known host. */
function isAllowed(value: unknown, { baseUrl, profile }: RedirectProvider): value is string {
  // What some read as another host, or do not read at all, passes no parser that is more generous.
  const url = typeof value === 'string' && !/[\s\\]/.test(value) ? URL.parse(value) : null;
  if (url === null || url.username !== '' || url.password !== '') return false;
  const own = new URL(baseUrl).hostname;
  if (isLoopback(url.hostname)) return /^https?:$/.test(url.protocol) && isLoopback(own);
  const hosts = [own, ...(profile.topupHosts ?? [])];
  return url.protocol === 'https:' && url.port === '' && hosts.includes(url.hostname);
}
