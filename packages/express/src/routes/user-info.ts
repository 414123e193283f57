import type { RequestHandler } from 'express';
import { ApiError } from '../errors.ts';
import { requireSession } from '../middleware/require-session.ts';
import { identify, isSameId, shownToBrowser } from '../oauth/identity.ts';
import type { Providers } from '../oauth/providers.ts';
import { jsonOf } from '../proxy/api-failure.ts';
import { clientGone } from '../proxy/client-gone.ts';
import type { ProviderApi } from '../proxy/provider-api.ts';

/** `GET /api/user/info`: the provider's user, and of it only what the profile lists. */
export function userInfo(options: {
  providers: Providers;
  callProvider: ProviderApi;
}): RequestHandler {
  return async (_req, res) => {
    const session = requireSession(res);
    const { user, userInfo: kept } = session.record;
    if (kept !== undefined) {
      res.json(kept);
      return;
    }
    const provider = options.providers.get(session.record.provider);
    const { userinfo_endpoint: url } = await provider.metadata();
    if (url === undefined) throw new ApiError('not_supported');
    const call = { url, method: 'GET', signal: clientGone(res) } as const;
    const info = identify(provider, jsonOf(await options.callProvider(session, provider, call)));
    // A user info of somebody else must never be shown (OpenID Connect Core section 5.3.2).
    if (info === undefined || !isSameId(info.id, user.id)) {
      throw new ApiError('provider_error', { reason: 'user info of another user' });
    }
    res.json(shownToBrowser(provider, info));
  };
}
