/**
 * Every error code that leaves the BFF, once. What a code means to a person is the business of
 * whoever shows it; the status and title of a JSON answer stand in `problem.ts`.
 */

/** Codes of a login that failed: they arrive at the SPA as `/?error=<code>`. */
export const LOGIN_ERROR_CODES = [
  'invalid_state',
  'missing_parameters',
  'server_error',
  'provider_error',
  'provider_unavailable',
  'session_store_unavailable',
  'unknown_provider',
] as const;

/**
 * Codes a provider may send to the callback and that are passed on under their own name: the
 * registered OAuth 2.0 and OpenID Connect authorization errors (RFC 6749 section 4.1.2.1,
 * RFC 8707 section 2, RFC 9101 section 6, RFC 9396 section 14.6, RFC 9470 section 3, OpenID
 * Connect Core section 3.1.2.6). Anything else becomes `provider_error`.
 */
export const PROVIDER_LOGIN_ERROR_CODES = [
  'access_denied',
  'invalid_request',
  'unauthorized_client',
  'unsupported_response_type',
  'invalid_scope',
  'server_error',
  'temporarily_unavailable',
  'interaction_required',
  'login_required',
  'account_selection_required',
  'consent_required',
  'invalid_request_uri',
  'invalid_request_object',
  'request_not_supported',
  'request_uri_not_supported',
  'registration_not_supported',
  'invalid_target',
  'invalid_authorization_details',
  'unmet_authentication_requirements',
] as const;

export type LoginErrorCode =
  | (typeof LOGIN_ERROR_CODES)[number]
  | (typeof PROVIDER_LOGIN_ERROR_CODES)[number];

/** Codes of the JSON calls: the member `error` of a problem details body. */
export const API_ERROR_CODES = [
  'invalid_request',
  'navigation_required',
  'not_authenticated',
  'session_expired',
  'invalid_credentials',
  'csrf_rejected',
  'provider_forbidden',
  'not_found',
  'not_supported',
  'method_not_allowed',
  'payload_too_large',
  'unsupported_media_type',
  'rate_limited',
  'internal_error',
  'provider_error',
  'provider_rejected',
  'provider_unavailable',
  'provider_timeout',
  'session_store_unavailable',
] as const;

export type ApiErrorCode = (typeof API_ERROR_CODES)[number];

/** Name the code a failed login is shown under, given what the provider sent as `error`. */
export function loginErrorOfProvider(error: string): LoginErrorCode {
  return PROVIDER_LOGIN_ERROR_CODES.find((code) => code === error) ?? 'provider_error';
}

/** Read an `error` of the address bar; what is none of ours is `undefined`. */
export function parseLoginError(error: string): LoginErrorCode | undefined {
  const known: readonly LoginErrorCode[] = [...LOGIN_ERROR_CODES, ...PROVIDER_LOGIN_ERROR_CODES];
  return known.find((code) => code === error);
}
