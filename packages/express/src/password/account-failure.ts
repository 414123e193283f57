import { ApiError } from '../errors.ts';
import { callFailure } from '../oauth/call-failure.ts';
import { failureOf } from '../proxy/api-failure.ts';
import { StoreUnavailableError } from '../store/store.ts';
import { AccountRefusal } from './account-api.ts';

/**
 * Say as an error of ours why an account API did not do what was asked.
 * @param unauthorized what a 401 means here
 * @throws ApiError, StoreUnavailableError
 */
export function accountFailure(
  unauthorized: 'invalid_credentials' | 'provider_rejected' = 'provider_rejected',
) {
  return (error: unknown): never => {
    if (error instanceof ApiError || error instanceof StoreUnavailableError) throw error;
    if (error instanceof AccountRefusal) throw refusal(error, unauthorized);
    throw callFailure(error) ?? new ApiError('provider_error', { cause: error });
  };
}

function refusal(
  { answer, message: reason }: AccountRefusal,
  unauthorized: 'invalid_credentials' | 'provider_rejected',
): ApiError {
  const { status } = answer;
  if (status < 400 || status > 499 || status === 429) return failureOf(answer);
  return new ApiError(status === 401 ? unauthorized : 'provider_rejected', { reason, status });
}
