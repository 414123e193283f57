import type { ApiFailure } from '@cloakroom/react';
import type { en } from '../language/en.ts';

/** How the page words a failed call: what happened, and what to do next. */
export type FailureText = keyof typeof en.failure;

/** The wording of every way in which a call can fail. */
export const FAILURE_TEXTS: Record<ApiFailure, FailureText> = {
  provider_unavailable: 'provider',
  provider_timeout: 'provider',
  provider_error: 'provider',
  provider_forbidden: 'forbidden',
  provider_rejected: 'rejected',
  invalid_credentials: 'credentials',
  rate_limited: 'busy',
  invalid_request: 'input',
  payload_too_large: 'input',
  not_supported: 'unsupported',
  session_store_unavailable: 'store',
  network_error: 'network',
  navigation_required: 'general',
  not_authenticated: 'general',
  session_expired: 'general',
  csrf_rejected: 'general',
  not_found: 'general',
  method_not_allowed: 'general',
  unsupported_media_type: 'general',
  internal_error: 'general',
  unexpected_answer: 'general',
};
