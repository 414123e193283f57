import type { Response } from 'express';

/**
 * Send the browser elsewhere. `res.redirect` would copy the URL, and the `state` in it, into the
 * body; this answer has none.
 */
export function redirect(res: Response, location: string): void {
  res.status(302).set('Location', location).end();
}
