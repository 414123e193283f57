import type { RequestHandler } from 'express';
import { forReader } from '../api/reader.ts';
import { EVERYTHING } from '../knowledge/library.ts';
import type { RememberizerProvider } from '../rememberizer-provider.ts';

/** `GET /api/v1/account/`: the short answer; its `id` is not the one of `/me/`. */
export function accountDetails(provider: RememberizerProvider): RequestHandler {
  return forReader(provider, ({ user }, _req, res) => {
    const { accountId, email, name } = user;
    const id = provider.quirks.accountId === 'string' ? String(accountId) : accountId;
    res.json({ id, email, name });
  });
}

/** `GET /api/v1/me/`, and `/api/me/` of the older page: the long answer; its `id` is the user name. */
export function me(provider: RememberizerProvider): RequestHandler {
  return forReader(provider, ({ user, library }, _req, res) => {
    const kept = library.readable(EVERYTHING);
    res.json({
      id: user.username,
      email: user.email,
      name: user.name,
      user_onboarding_status: kept.length > 0 ? 7 : 1,
      dev_onboarding_status: user.developer ? 3 : 0,
      company_name: user.company,
      website: user.website,
      bio: user.bio,
      team: user.team,
      embed_quota: user.embedQuota,
      current_usage: kept.reduce((pieces, item) => pieces + item.chunks.length, 0),
      email_verified: user.emailVerified,
    });
  });
}
