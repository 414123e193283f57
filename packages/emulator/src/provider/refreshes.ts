import type { Request, RequestHandler, Response } from 'express';

/** Tell the two grants apart before anything was checked: for counters and faults. */
export function tokenEndpoint(req: Request): 'token' | 'refresh' {
  return req.body?.grant_type === 'refresh_token' ? 'refresh' : 'token';
}

interface Watched {
  grants: { ofRefreshToken(token: string): { id: string } | undefined };
  traffic: { watchRefresh(grantId: string, res: Response): void };
}

/** Watch how many refreshes of one grant are under way at once. */
export function watchRefreshes({ grants, traffic }: Watched): RequestHandler {
  return (req, res, next) => {
    const grant = grants.ofRefreshToken(String(req.body?.refresh_token ?? ''));
    if (tokenEndpoint(req) === 'refresh' && grant) traffic.watchRefresh(grant.id, res);
    next();
  };
}
