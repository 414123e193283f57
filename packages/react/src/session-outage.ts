import { ApiError } from './api-error.ts';
import type { Outage } from './session-state.ts';

/** Tell whether an error, of any call, means that nobody can say who is here. */
export function isSessionOutage(error: unknown): error is ApiError {
  return (
    error instanceof ApiError &&
    (error.code === 'session_store_unavailable' || error.code === 'network_error')
  );
}

/** Say what is down, going by what a check of the session met. */
export function outageCauseOf(error: unknown): Outage['cause'] {
  if (!isSessionOutage(error)) return 'server';
  if (error.code === 'session_store_unavailable') return 'store';
  return navigator.onLine ? 'server' : 'offline';
}
