import express, { type Request, type RequestHandler } from 'express';
import { ApiError } from '../errors.ts';

const JSON_ONLY = { inflate: false, type: 'application/json' };
const parse = express.json({ ...JSON_ONLY, limit: '64kb' });
const read = express.raw({ ...JSON_ONLY, limit: '1mb' });

/**
 * Read a body, which must be JSON of at most 64 KiB, not compressed. No other type is looked at: a
 * form of another site could send those without a preflight.
 */
export const jsonBody: RequestHandler = (req, res, next) => {
  if (hasBody(req) && !isJson(req)) next(new ApiError('unsupported_media_type'));
  else parse(req, res, next);
};

/**
 * Read a body of at most 1 MiB that is passed on byte by byte, once it is known to be JSON. One of a
 * method that has none by right is refused: servers disagree about what it means (RFC 9110 section 9.3.1).
 */
export const jsonToPassOn: RequestHandler = (req, res, next) => {
  if (!hasBody(req)) {
    next();
    return;
  }
  if (!isJson(req)) throw new ApiError('unsupported_media_type');
  if (!/^P(OST|UT|ATCH)$/.test(req.method)) throw new ApiError('invalid_request');
  read(req, res, (error) => next(error ?? problemOf(req.body)));
};

function problemOf(body: unknown): ApiError | undefined {
  try {
    JSON.parse(String(body));
    return undefined;
  } catch (cause) {
    return new ApiError('invalid_request', { cause });
  }
}

const hasBody = ({ headers }: Request) =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;

const isJson = ({ headers }: Request) =>
  /^application\/json *(; *charset="?utf-8"? *)?$/i.test(headers['content-type'] ?? '');
