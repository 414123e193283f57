import type { RequestHandler } from 'express';
import type { Issuer } from './issuer.ts';

/** Let the header Date say what the issuer's clock says. */
export function showClock(issuer: Issuer): RequestHandler {
  return (_req, res, next) => {
    if (issuer.clockOffset !== 0) {
      res.set('Date', new Date(Date.now() + issuer.clockOffset * 1000).toUTCString());
    }
    next();
  };
}
