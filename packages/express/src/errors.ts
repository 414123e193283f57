import type { ApiErrorCode, LoginErrorCode } from '@cloakroom/contract/error-codes';
import { PROBLEMS } from '@cloakroom/contract/problem';

/** An outcome that a JSON call answers with problem details. Its message is for the logs. */
export class ApiError extends Error {
  readonly code: ApiErrorCode;
  readonly status: number;
  /** Seconds after which it is worth trying again. */
  readonly retryAfter: number | undefined;

  constructor(code: ApiErrorCode, options: ApiErrorOptions = {}) {
    super(options.reason ?? code, { cause: options.cause });
    this.name = 'ApiError';
    this.code = code;
    this.status = options.status ?? PROBLEMS[code].status;
    this.retryAfter = options.retryAfter;
  }
}

export interface ApiErrorOptions {
  /** For the logs: why. Never shown. */
  reason?: string;
  cause?: unknown;
  /** Only for codes that keep the provider's own status. */
  status?: number;
  /** Seconds. */
  retryAfter?: number | undefined;
}

/** An outcome of the callback or the start that the browser is told as `/?error=<code>`. */
export class LoginError extends Error {
  readonly code: LoginErrorCode;

  constructor(code: LoginErrorCode, reason: string, cause?: unknown) {
    super(reason, { cause });
    this.name = 'LoginError';
    this.code = code;
  }
}

/** What a code means for whoever called, in a sentence that says what to do. */
export const DETAILS: Record<ApiErrorCode, string> = {
  invalid_request: 'The request could not be read. Check its parameters and its body.',
  navigation_required:
    'A login begins and ends in a browser tab of its own, not in the background.',
  not_authenticated: 'Sign in first.',
  session_expired: 'The provider ended this sign-in. Sign in again.',
  invalid_credentials: 'Check the name and the password, then try again.',
  csrf_rejected: 'Call from a page of this origin, with the header X-CSRF: 1.',
  provider_forbidden: 'The provider refused this call for the access that was granted.',
  not_found: 'There is nothing at this address.',
  not_supported: 'The provider of this session does not offer this.',
  method_not_allowed: 'The header Allow names the methods of this address.',
  payload_too_large: 'Send a smaller body.',
  unsupported_media_type: 'Send the body as application/json, not compressed.',
  rate_limited: 'Wait as long as the header Retry-After says, then try again.',
  internal_error: 'Something went wrong here. Report the request_id.',
  provider_error: 'The provider answered with something that could not be used. Try again later.',
  provider_rejected: 'The provider did not accept the request.',
  provider_unavailable: 'The provider cannot be reached. You stay signed in; try again soon.',
  provider_timeout: 'The provider did not answer in time. You stay signed in; try again soon.',
  session_store_unavailable: 'Sessions cannot be read now. You stay signed in; try again soon.',
};
