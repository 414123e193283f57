import type { ApiErrorCode } from '@cloakroom/contract/error-codes';

/**
 * What went wrong: a code of the BFF, or what this side saw instead of one. `network_error`: no answer
 * at all. `unexpected_answer`: an answer that is not what the contract says.
 */
export type ApiFailure = ApiErrorCode | 'network_error' | 'unexpected_answer';

/** A call to the BFF that failed. Tell cases apart by `code`, never by `message`. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly code: ApiFailure;
  /** The HTTP status; 0 where there was no answer. */
  readonly status: number;
  /** What to search for in the logs of the BFF. */
  readonly requestId: string | undefined;
  /** Seconds that the BFF asks to wait. */
  readonly retryAfter: number | undefined;

  constructor(failure: {
    code: ApiFailure;
    status: number;
    requestId?: string | undefined;
    retryAfter?: number | undefined;
    cause?: unknown;
  }) {
    super(`${failure.code} (${failure.status})`, { cause: failure.cause });
    this.code = failure.code;
    this.status = failure.status;
    this.requestId = failure.requestId;
    this.retryAfter = failure.retryAfter;
  }
}

/** Tell whether an error says that nobody is signed in: of all errors, only these end the session. */
export function endsSession(error: unknown): boolean {
  return (
    error instanceof ApiError &&
    (error.code === 'not_authenticated' || error.code === 'session_expired')
  );
}

const PASSING: readonly ApiFailure[] = [
  'session_store_unavailable',
  'provider_unavailable',
  'provider_timeout',
  'provider_error',
  'rate_limited',
  'internal_error',
  'network_error',
];

/** Tell whether the same call may work later, with nobody doing anything about it. */
export function isPassing(error: unknown): error is ApiError {
  return error instanceof ApiError && PASSING.includes(error.code);
}
