import type { Request } from 'express';

/** Tell a program from a browser: a browser says that it takes HTML. */
export function prefersJson(req: Request): boolean {
  return req.accepts(['json', 'html']) === 'json';
}
