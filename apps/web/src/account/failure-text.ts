import type { ApiFailure } from '@cloakroom/react';
import type { en } from '../language/en.ts';

/** How the page words a failed call. */
export type FailureText = Extract<
  keyof typeof en.failure,
  'provider' | 'forbidden' | 'busy' | 'general'
>;

/** The wording of every way in which fetching the account can fail. */
export const FAILURE_TEXTS: Record<ApiFailure, FailureText> = {
  provider_unavailable: 'provider',
  provider_timeout: 'provider',
  provider_error: 'provider',
  provider_forbidden: 'forbidden',
  rate_limited: 'busy',
  provider_rejected: 'general',
  invalid_request: 'general',
  navigation_required: 'general',
  not_authenticated: 'general',
  session_expired: 'general',
  invalid_credentials: 'general',
  csrf_rejected: 'general',
  not_found: 'general',
  not_supported: 'general',
  method_not_allowed: 'general',
  payload_too_large: 'general',
  unsupported_media_type: 'general',
  internal_error: 'general',
  session_store_unavailable: 'general',
  network_error: 'general',
  unexpected_answer: 'general',
};
