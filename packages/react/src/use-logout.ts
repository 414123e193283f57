import { useSessionClient } from './session-provider.tsx';
import { type ActionState, useAction } from './use-action.ts';

/**
 * How far a logout got. After one that worked, `useSession` is `signedOut` with a `farewell`; after one
 * that failed somebody is still signed in.
 */
export interface LogoutState extends ActionState {
  /** @param options.everywhere end every session of this user, not only this one */
  logout: (options?: { everywhere?: boolean }) => Promise<{ ok: boolean }>;
}

/** Log out. The page may be left for the provider's own sign-out. */
export function useLogout(): LogoutState {
  const { act, ...state } = useAction(useSessionClient().logout);
  return { ...state, logout: act };
}
