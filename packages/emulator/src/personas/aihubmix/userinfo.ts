import type { RequestHandler } from 'express';
import type { AihubmixProvider } from './aihubmix-provider.ts';
import { balanceOf } from './balance.ts';
import { type Bearer, requireBearer } from './bearer.ts';

/** `GET /api/oauth2/userinfo`: the flat user, without what the scope does not cover. */
export function userinfo(provider: AihubmixProvider): RequestHandler {
  return (req, res) => {
    const bearer = requireBearer(provider, req, res);
    if (bearer === undefined) return;
    res.set('Cache-Control', 'no-store').json(describe(bearer));
  };
}

function describe({ user, scopes }: Bearer): object {
  const { id, username, email, quota, used_quota, created_time, status } = user;
  return {
    id,
    ...(scopes.includes('profile') && { username, email }),
    ...(scopes.includes('balance') && { quota, used_quota, balance_formatted: balanceOf(user) }),
    created_time,
    status,
  };
}
