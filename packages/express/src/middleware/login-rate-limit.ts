import type { RequestHandler } from 'express';
import { rateLimit } from 'express-rate-limit';

const PAGE = `<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Too many sign-ins</title>
<h1>Too many sign-ins</h1>
<p>There were too many sign-ins from your network. Wait a minute, then <a href="/">try again</a>.</p>
</html>
`;

/**
 * Limit starts and callbacks per client address and minute. Counted in this process: a start writes
 * nothing to the store.
 * @param limit 0 = off
 */
export function loginRateLimit(limit: number): RequestHandler {
  if (limit === 0) return (_req, _res, next) => next();
  return rateLimit({
    windowMs: 60_000,
    limit,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    handler: (_req, res, _next, { statusCode }) => res.status(statusCode).type('html').send(PAGE),
  });
}
