import { useSessionClient } from './session-provider.tsx';

/** Ask who is here once more, for a "try again" button. The state of `useSession` says what came of it. */
export function useCheckSession(): () => Promise<void> {
  return useSessionClient().check;
}
