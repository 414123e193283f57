import express, { type RequestHandler } from 'express';
import { ApiError } from '../errors.ts';

const parse = express.json({ limit: '64kb', inflate: false, type: 'application/json' });

/**
 * Read a body, which must be JSON of at most 64 KiB, not compressed. No other type is looked at: a
 * form of another site could send those without a preflight.
 */
export const jsonBody: RequestHandler = (req, res, next) => {
  const hasBody =
    req.headers['transfer-encoding'] !== undefined ||
    Number(req.headers['content-length'] ?? 0) > 0;
  if (hasBody && !req.is('application/json')) {
    next(new ApiError('unsupported_media_type'));
    return;
  }
  parse(req, res, next);
};
