import { buildEndSessionUrl } from 'openid-client';
import type { RedirectProvider } from './provider.ts';

/**
 * Build the URL where the browser ends the session at the provider (OpenID Connect RP-Initiated
 * Logout 1.0 section 2).
 * @returns `undefined` where the provider has no such page
 */
export async function endSessionUrl(
  provider: RedirectProvider,
  { idToken, returnTo }: { idToken: string | undefined; returnTo: string },
): Promise<string | undefined> {
  const { end_session_endpoint } = await provider.metadata();
  if (end_session_endpoint === undefined) return undefined;
  return buildEndSessionUrl(await provider.configuration(), {
    post_logout_redirect_uri: returnTo,
    ...(idToken !== undefined && { id_token_hint: idToken }),
  }).href;
}
