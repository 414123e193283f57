import type { Request, RequestHandler } from 'express';
import type { Endpoint } from './endpoints.ts';
import type { Issuer } from './issuer.ts';

/** Tell the two grants apart before anything was checked: for counters and faults. */
export function tokenEndpoint(req: Request): Endpoint {
  return req.body.grant_type === 'refresh_token' ? 'refresh' : 'token';
}

/** Watch how many refreshes of one grant are under way at once. */
export function watchRefreshes({ grants, traffic }: Issuer): RequestHandler {
  return (req, res, next) => {
    const grant = grants.ofRefreshToken(String(req.body.refresh_token ?? ''));
    if (tokenEndpoint(req) === 'refresh' && grant) traffic.watchRefresh(grant.id, res);
    next();
  };
}
