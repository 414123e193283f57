import type { RequestHandler } from 'express';
import { rateLimit } from 'express-rate-limit';
import type { Log } from '../log.ts';
import { requestId } from '../request-id.ts';

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
export function loginRateLimit(limit: number, log: Log): RequestHandler {
  if (limit === 0) return (_req, _res, next) => next();
  return rateLimit({
    windowMs: 60_000,
    limit,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    handler(req, res, _next, { statusCode }) {
      log.info({ event: 'login.limited', client: req.ip, request_id: requestId(req) });
      res.status(statusCode).type('html').send(PAGE);
    },
  });
}
