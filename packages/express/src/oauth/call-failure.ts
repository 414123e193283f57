import { ApiError } from '../errors.ts';
import { DiscoveryError } from './discovery.ts';
import { ProviderRequestError } from './provider-request.ts';

/** Say as an error of ours why a provider could not be asked; `undefined` for any other error. */
export function callFailure(error: unknown): ApiError | undefined {
  if (error instanceof DiscoveryError) {
    return new ApiError(error.isOutage ? 'provider_unavailable' : 'provider_error', {
      cause: error,
    });
  }
  if (!(error instanceof ProviderRequestError)) return undefined;
  switch (error.failure) {
    case 'unreachable':
    case 'lost':
      return new ApiError('provider_unavailable', { cause: error });
    case 'timeout':
      return new ApiError('provider_timeout', { cause: error });
    case 'broken':
      return new ApiError('provider_error', { cause: error });
  }
}
