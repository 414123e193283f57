import { PATHS } from '@cloakroom/contract/paths';
import { ofProvider } from './of-provider.ts';
import { useSessionClient } from './session-provider.tsx';
import { type ActionState, useAction } from './use-action.ts';

/** What somebody signs in with, at a provider of kind `password`. */
export interface Credentials {
  /** An e-mail address or a user name: what the provider calls a login. */
  login: string;
  password: string;
  /** What the provider's captcha gave; good for one try. */
  captcha?: string;
}

/**
 * Sign in with a name and a password. After one that worked `useSession` is `signedIn`, here and in the
 * other tabs. Wrong ones are `invalid_credentials`.
 * @param provider its id, where several take a password
 */
export function usePasswordSignIn(
  provider?: string,
): ActionState & { signIn: (credentials: Credentials) => Promise<{ ok: boolean }> } {
  const client = useSessionClient();
  const { act, ...state } = useAction((credentials: Credentials) =>
    client.signIn(ofProvider(PATHS.passwordSignIn, provider), credentials),
  );
  return { ...state, signIn: act };
}
