import { Readable } from 'node:stream';
import { type Request, type RequestHandler, raw } from 'express';
import type { Issuer } from './issuer.ts';

const readAll = raw({ type: () => true });

/**
 * Read a form here without taking it from the library, which reads the stream itself: afterwards
 * `req.body` has the fields, and the stream can be read once more.
 */
export const peekForm: RequestHandler[] = [
  readAll,
  (req, _res, next) => {
    const bytes: Buffer = Buffer.isBuffer(req.body) ? req.body : Buffer.alloc(0);
    const isForm = req.is('application/x-www-form-urlencoded');
    req.body = isForm ? Object.fromEntries(new URLSearchParams(bytes.toString())) : {};
    Object.defineProperties(req, {
      readable: { value: true },
      iterator: { value: () => Readable.from([bytes]).iterator() },
    });
    next();
  },
];

/** Let the library answer. */
export function library(issuer: Issuer): RequestHandler {
  return async (req, res) => {
    nameOrigin(req, issuer);
    const provider = await issuer.provider();
    await provider.callback()(req, res);
  };
}

/** Whatever name the caller has for this server, the endpoints in an answer have the issuer's. */
function nameOrigin(req: Request, issuer: Issuer): void {
  const { host, protocol } = new URL(issuer.url);
  req.headers['x-forwarded-host'] = host;
  req.headers['x-forwarded-proto'] = protocol.slice(0, -1);
}
