import { ApiError } from '../errors.ts';
import { callFailure } from '../oauth/call-failure.ts';
import { failureOf } from '../proxy/api-answer.ts';
import { StoreUnavailableError } from '../store/store.ts';
import { AccountRefusal } from './account-api.ts';

/**
 * Say as an error of ours why an account API did not do what was asked.
 * @param whenRefused the code of a 401
 */
export function asApiError(
  whenRefused: 'invalid_credentials' | 'provider_rejected' | 'provider_error',
) {
  return (error: unknown): never => {
    if (error instanceof ApiError || error instanceof StoreUnavailableError) throw error;
    if (error instanceof AccountRefusal) throw refusal(error, whenRefused);
    throw callFailure(error) ?? new ApiError('provider_error', { cause: error });
  };
}

function refusal(
  { answer, message: reason }: AccountRefusal,
  whenRefused: 'invalid_credentials' | 'provider_rejected' | 'provider_error',
): ApiError {
  const { status } = answer;
  if (status === 401 && whenRefused === 'invalid_credentials') {
    return new ApiError(whenRefused, { reason });
  }
  const isRejected = status >= 400 && status < 500 && status !== 429;
  return isRejected ? new ApiError('provider_rejected', { reason, status }) : failureOf(answer);
}
