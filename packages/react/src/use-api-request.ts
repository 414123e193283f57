import type { ApiRequestOptions } from './api-request.ts';
import { useSessionClient } from './session-provider.tsx';

/**
 * Call the BFF from an app of your own: `apiRequest`, except that a 401 moves the session state and a
 * missing session store is noticed.
 */
export function useApiRequest(): <T>(path: string, options: ApiRequestOptions<T>) => Promise<T> {
  return useSessionClient().request;
}
