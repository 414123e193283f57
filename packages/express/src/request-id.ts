import { randomUUID } from 'node:crypto';
import type { Request } from 'express';

const ids = new WeakMap<Request, string>();

/**
 * Name a request, for the logs and for whoever reports an error: the id that a logger in front has
 * given it (`req.id`, as pino-http does), or a new one.
 */
export function requestId(req: Request & { id?: unknown }): string {
  if (typeof req.id === 'string') return req.id;
  const id = ids.get(req) ?? randomUUID();
  ids.set(req, id);
  return id;
}
