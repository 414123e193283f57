import { useState } from 'react';
import { ApiError } from './api-error.ts';
import { useSessionClient } from './session-provider.tsx';

/** How far a logout got. After one that worked, `useSession` is `signedOut` with a `farewell`. */
export interface LogoutState {
  isPending: boolean;
  /** The last try failed, and somebody is still signed in. */
  error: ApiError | undefined;
  /** @param options.everywhere end every session of this user, not only this one */
  logout: (options?: { everywhere?: boolean }) => Promise<void>;
}

/** Log out. The page may be left for the provider's own sign-out. */
export function useLogout(): LogoutState {
  const client = useSessionClient();
  const [state, setState] = useState<Omit<LogoutState, 'logout'>>(IDLE);
  const logout = async (options?: { everywhere?: boolean }) => {
    setState({ isPending: true, error: undefined });
    try {
      await client.logout(options);
      setState(IDLE);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      setState({ isPending: false, error });
    }
  };
  return { ...state, logout };
}

const IDLE = { isPending: false, error: undefined };
