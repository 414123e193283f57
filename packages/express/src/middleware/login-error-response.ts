import type { ErrorRequestHandler } from 'express';
import { ApiError } from '../errors.ts';
import type { Log } from '../log.ts';
import { asLoginError } from '../login/login-failure.ts';
import { redirect } from '../redirect.ts';
import { requestId } from '../request-id.ts';

/** Codes that say what people do all day; every other one is worth a warning. */
const ORDINARY = new Set([
  'access_denied',
  'invalid_state',
  'missing_parameters',
  'unknown_provider',
]);

/** Tell a browser that its login failed: back to the app, with a code that it can explain. */
export function loginErrorResponse(log: Log): ErrorRequestHandler {
  return (thrown, req, res, next) => {
    if (thrown instanceof ApiError || res.headersSent) {
      next(thrown);
      return;
    }
    const { code, message, cause } = asLoginError(thrown);
    const line = { event: 'login.failed', code, reason: message, request_id: requestId(req) };
    if (ORDINARY.has(code)) log.info(line);
    else log.warn({ ...line, err: cause });
    redirect(res, `/?error=${code}`);
  };
}
