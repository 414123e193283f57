import { PATHS } from '@cloakroom/contract/paths';
import { ofProvider } from './of-provider.ts';
import { useSessionClient } from './session-provider.tsx';
import { type ActionState, useAction } from './use-action.ts';

/** Who wants an account at a provider of kind `password`. */
export interface NewAccount {
  email: string;
  password: string;
  name?: string;
  /** What the provider's captcha gave; good for one try. */
  captcha?: string;
}

/**
 * Make an account. Some providers sign in at once, and `useSession` is `signedIn` then; at the others
 * the next step is a sign-in.
 * @param provider its id, where several take a password
 */
export function usePasswordSignUp(
  provider?: string,
): ActionState & { signUp: (account: NewAccount) => Promise<{ ok: boolean }> } {
  const client = useSessionClient();
  const { act, ...state } = useAction((account: NewAccount) =>
    client.signIn(ofProvider(PATHS.passwordSignUp, provider), account),
  );
  return { ...state, signUp: act };
}
