import type { JsonObject } from '@cloakroom/profiles/provider-profile';
import { ApiError } from '../errors.ts';
import type { ApiAnswer } from '../oauth/api-answer.ts';
import type { ProviderAnswer } from '../oauth/provider-request.ts';

/**
 * Insist on a 200 with a JSON object.
 * @throws ApiError for everything else
 */
export function jsonOf(answer: ApiAnswer): JsonObject {
  if (answer.status !== 200) throw failureOf(answer);
  if (answer.json === undefined) throw new ApiError('provider_error', { reason: 'no JSON object' });
  return answer.json;
}

/** Say as an error of ours what an answer means that is no success. */
export function failureOf(answer: ProviderAnswer): ApiError {
  const { status } = answer;
  const reason = `status ${status}`;
  switch (status) {
    case 403:
      return new ApiError('provider_forbidden', { reason });
    case 404:
      return new ApiError('not_found', { reason });
    case 429:
      return new ApiError('rate_limited', { reason, retryAfter: retryAfterOf(answer) });
    default:
      return new ApiError('provider_error', { reason });
  }
}

/** Seconds, of a date too (RFC 9110 section 10.2.3); a provider that says nothing is given a minute. */
function retryAfterOf({ headers }: ProviderAnswer): number {
  const value = String(headers['retry-after'] ?? '');
  if (/^\d{1,6}$/.test(value)) return Number(value);
  const since = Date.parse(String(headers.date ?? '')) || Date.now();
  const seconds = Math.ceil((Date.parse(value) - since) / 1000);
  return seconds >= 0 && seconds < 1_000_000 ? seconds : 60;
}
