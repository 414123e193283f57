import { buildEndSessionUrl } from 'openid-client';
import type { RedirectProvider } from './provider.ts';

/**
 * Build the URL where the browser ends the session at the provider (OpenID Connect RP-Initiated
 * Logout 1.0 section 2). An ID token that is long stays out of it: servers refuse such an address, and
 * the hint is only recommended.
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
    ...(idToken !== undefined && idToken.length <= LONGEST_HINT && { id_token_hint: idToken }),
  }).href;
}

/** Characters. Proxies take 4 kB of headers with an answer, and 8 kB of a request line. */
const LONGEST_HINT = 3000;
