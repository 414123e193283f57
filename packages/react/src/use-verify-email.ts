import { PATHS } from '@cloakroom/contract/paths';
import { sessionSchema } from '@cloakroom/contract/session';
import { useSessionClient } from './session-provider.tsx';
import { type ActionState, useAction } from './use-action.ts';

/**
 * Prove an e-mail address with the code that the provider has sent there. It needs a session of a
 * provider of kind `password`. A wrong code is `provider_rejected`.
 */
export function useVerifyEmail(): ActionState & {
  verifyEmail: (code: string) => Promise<{ ok: boolean }>;
} {
  const client = useSessionClient();
  const { act, ...state } = useAction((code: string) =>
    client.request(PATHS.verifyEmail, {
      method: 'POST',
      body: { verification_code: code },
      schema: sessionSchema,
    }),
  );
  return { ...state, verifyEmail: act };
}
