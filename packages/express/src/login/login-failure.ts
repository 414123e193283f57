import { LoginError } from '../errors.ts';
import { DiscoveryError } from '../oauth/discovery.ts';
import { lostCall } from '../oauth/token-endpoint.ts';
import { StoreUnavailableError } from '../store/store.ts';

/**
 * Say as a login error what went wrong between the code and the session: a provider that cannot be
 * reached, or that gave an answer nobody can use.
 * @throws LoginError always
 */
export function loginFailure(error: unknown): never {
  throw asLoginError(error);
}

/** Find the code that the browser is told. */
export function asLoginError(error: unknown): LoginError {
  if (error instanceof LoginError) return error;
  if (error instanceof StoreUnavailableError) {
    return new LoginError('session_store_unavailable', 'the session was not stored', error);
  }
  const failure = lostCall(error)?.failure;
  const isAway = error instanceof DiscoveryError ? error.isOutage : failure && failure !== 'broken';
  if (isAway) return new LoginError('provider_unavailable', failure ?? 'no metadata', error);
  return error instanceof DiscoveryError
    ? new LoginError('server_error', 'metadata that cannot be used', error)
    : new LoginError('server_error', 'an answer of the provider could not be used', error);
}
