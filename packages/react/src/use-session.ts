import { useSyncExternalStore } from 'react';
import { useSessionClient } from './session-provider.tsx';
import type { SessionState } from './session-state.ts';

/** Know who is here. Switch on `status`. */
export function useSession(): SessionState {
  const client = useSessionClient();
  return useSyncExternalStore(client.subscribe, client.getState, client.getState);
}
