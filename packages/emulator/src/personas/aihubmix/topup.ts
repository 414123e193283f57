import type { RequestHandler } from 'express';
import type { AihubmixProvider } from './aihubmix-provider.ts';
import { requireBearer } from './bearer.ts';

/** `GET /api/oauth2/topup`: the address of a page where this user, and nobody else, pays once. */
export function topup(provider: AihubmixProvider): RequestHandler {
  return (req, res) => {
    const bearer = requireBearer(provider, req, res);
    if (bearer === undefined) return;
    const { ticket } = provider.topups.open(bearer.user.username, provider.now());
    const origin = `${req.protocol}://${req.host}`;
    const topup_url = `${origin}${provider.basePath}/console/topup?ticket=${ticket}`;
    res.set('Cache-Control', 'no-store').json({ topup_url });
  };
}
