import { PROBLEMS, type Problem } from '@cloakroom/contract/problem';
import type { ErrorRequestHandler, Response } from 'express';
import { ApiError, DETAILS } from '../errors.ts';
import type { Log } from '../log.ts';
import { callFailure } from '../oauth/call-failure.ts';
import { requestId } from '../request-id.ts';
import { StoreUnavailableError } from '../store/store.ts';

/** Refusals that may be an attack: they are in the log by themselves. */
const AUDITED = new Set<string>(['csrf_rejected', 'navigation_required', 'rate_limited']);

/** Seconds after which what was away is worth another try, where nobody knows better. */
const RETRY_AFTER = 2;

/**
 * Answer every error with problem details (RFC 9457). What the provider, a library or the system
 * said stays in the logs.
 */
export function errorResponse(options: {
  log: Log;
  clearCookie: (res: Response) => void;
}): ErrorRequestHandler {
  return (thrown, req, res, next) => {
    const error = asApiError(thrown);
    const id = requestId(req);
    if (res.destroyed) {
      options.log.debug({ event: 'request.abandoned', request_id: id });
      return;
    }
    if (error.status >= 500) {
      const level = error.code === 'internal_error' ? 'error' : 'warn';
      options.log[level]({
        event: 'request.failed',
        code: error.code,
        request_id: id,
        err: thrown,
      });
    } else {
      const level = AUDITED.has(error.code) ? 'info' : 'debug';
      const { code, message: reason } = error;
      options.log[level]({ event: 'request.refused', code, reason, request_id: id });
    }
    if (res.headersSent) {
      next(thrown);
      return;
    }
    if (error.code === 'session_expired') options.clearCookie(res);
    const retryAfter = error.retryAfter ?? (error.status === 503 ? RETRY_AFTER : undefined);
    if (retryAfter !== undefined) res.set('Retry-After', String(retryAfter));
    res
      .status(error.status)
      .type('application/problem+json')
      .send(JSON.stringify(problem(error, id)));
  };
}

function problem({ code, status }: ApiError, id: string): Problem {
  return {
    type: `urn:cloakroom:error:${code}`,
    title: PROBLEMS[code].title,
    status,
    detail: DETAILS[code],
    error: code,
    request_id: id,
  };
}

function asApiError(thrown: unknown): ApiError {
  if (thrown instanceof ApiError) return thrown;
  if (thrown instanceof StoreUnavailableError) {
    return new ApiError('session_store_unavailable', { cause: thrown });
  }
  const failedCall = callFailure(thrown);
  if (failedCall !== undefined) return failedCall;
  // What Express and its body parser found wrong with a request carries a status of 4xx.
  const status = thrown instanceof Error && 'status' in thrown ? thrown.status : undefined;
  if (status === 413) return new ApiError('payload_too_large', { cause: thrown });
  if (status === 415) return new ApiError('unsupported_media_type', { cause: thrown });
  if (typeof status === 'number' && status >= 400 && status < 500) {
    return new ApiError('invalid_request', { cause: thrown });
  }
  return new ApiError('internal_error', { cause: thrown });
}
