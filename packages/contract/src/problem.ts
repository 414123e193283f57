import { z } from 'zod';
import { API_ERROR_CODES, type ApiErrorCode } from './error-codes.ts';

/**
 * An error of a JSON call: RFC 9457 problem details with two extension members, `error` (the stable
 * code) and `request_id` (what to search for in the logs). `detail` never holds a provider's text.
 */
export const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int().min(400).max(599),
  detail: z.string(),
  error: z.enum(API_ERROR_CODES),
  request_id: z.string(),
});

export type Problem = z.infer<typeof problemSchema>;

/** Status and title of every code. `provider_rejected` keeps the provider's own 4xx instead. */
export const PROBLEMS: Record<ApiErrorCode, { status: number; title: string }> = {
  invalid_request: { status: 400, title: 'The request is not valid' },
  navigation_required: { status: 400, title: 'Open this address in a browser tab' },
  not_authenticated: { status: 401, title: 'Not signed in' },
  session_expired: { status: 401, title: 'The session has ended' },
  invalid_credentials: { status: 401, title: 'Wrong name or password' },
  csrf_rejected: { status: 403, title: 'The request did not come from the app' },
  provider_forbidden: { status: 403, title: 'The provider does not allow this' },
  not_found: { status: 404, title: 'Not found' },
  not_supported: { status: 404, title: 'The provider does not offer this' },
  method_not_allowed: { status: 405, title: 'Method not allowed' },
  payload_too_large: { status: 413, title: 'The body is too large' },
  unsupported_media_type: { status: 415, title: 'The body must be JSON' },
  rate_limited: { status: 429, title: 'Too many requests' },
  internal_error: { status: 500, title: 'Internal error' },
  provider_error: { status: 502, title: 'The provider gave no usable answer' },
  provider_rejected: { status: 400, title: 'The provider rejected the request' },
  provider_unavailable: { status: 503, title: 'The provider cannot be reached' },
  provider_timeout: { status: 504, title: 'The provider took too long' },
  session_store_unavailable: { status: 503, title: 'The session store cannot be reached' },
};
