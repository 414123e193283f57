import type { RequestHandler } from 'express';
import { refuse } from './refuse.ts';

/**
 * Insist on the slash that every path of the API ends in, as Django does: who asks for data is led
 * to it, anything else is not there, for a redirect would lose its body.
 */
export const requireTrailingSlash: RequestHandler = (req, res, next) => {
  const [path = '', query] = req.originalUrl.split('?');
  if (path.endsWith('/')) return next();
  if (req.method !== 'GET' && req.method !== 'HEAD') {
    return refuse(res, 404, 'Not found: the path must end in a slash.');
  }
  res.redirect(301, query === undefined ? `${path}/` : `${path}/?${query}`);
};
