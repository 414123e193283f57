import express, { type RequestHandler } from 'express';
import { ApiError } from '../errors.ts';

const JSON_ONLY = { inflate: false, type: 'application/json' };
const parse = express.json({ ...JSON_ONLY, limit: '64kb' });
const read = express.raw({ ...JSON_ONLY, limit: '1mb' });

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

/** Read a body of at most 1 MiB that is passed on byte by byte, once it is known to be JSON. */
export const jsonToPassOn: RequestHandler = (req, res, next) => {
  read(req, res, (error) => {
    if (error || !Buffer.isBuffer(req.body)) {
      next(error);
      return;
    }
    try {
      JSON.parse(req.body.toString('utf8'));
      next();
    } catch (cause) {
      next(new ApiError('invalid_request', { cause }));
    }
  });
};
