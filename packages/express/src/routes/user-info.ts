import type { RequestHandler } from 'express';
import { ApiError } from '../errors.ts';
import { requireSession } from '../middleware/require-session.ts';
import { identify } from '../oauth/identity.ts';
import type { Providers } from '../oauth/providers.ts';
import { clientGone } from '../proxy/client-gone.ts';
import type { ProviderApi } from '../proxy/provider-api.ts';

/** `GET /api/user/info`: the provider's user, and of it only what the profile lists. */
export function userInfo(options: {
  providers: Providers;
  callProvider: ProviderApi;
}): RequestHandler {
  return async (_req, res) => {
    const session = requireSession(res);
    const provider = options.providers.get(session.record.provider);
    const info = await options.callProvider(session, provider, {
      endpoint: 'userInfo',
      signal: clientGone(res),
    });
    // A user info of somebody else must never be shown (OpenID Connect Core section 5.3.2).
    if (identify(provider, info)?.id !== session.record.user.id) {
      throw new ApiError('provider_error', { reason: 'user info of another user' });
    }
    const fields = provider.profile.userInfoFields.filter((name) => isScalar(info[name]));
    res.json(Object.fromEntries(fields.map((name) => [name, info[name]])));
  };
}

const isScalar = (value: unknown) =>
  value === null || ['string', 'number', 'boolean'].includes(typeof value);
