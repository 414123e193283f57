import type { Request } from 'express';

/**
 * Read the query of a request with every value of every name, as it was sent: how `req.query` is
 * made is a setting of the app that mounts us.
 */
export function queryOf(req: Request): URLSearchParams {
  const at = req.originalUrl.indexOf('?');
  return new URLSearchParams(at < 0 ? '' : req.originalUrl.slice(at));
}
