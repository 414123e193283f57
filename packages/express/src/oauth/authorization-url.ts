import {
  buildAuthorizationUrl,
  calculatePKCECodeChallenge,
  randomPKCECodeVerifier,
} from 'openid-client';
import type { Provider } from './provider.ts';

/** Make the PKCE verifier of an attempt, where the provider knows PKCE (RFC 7636 section 4.1). */
export function codeVerifierFor(provider: Provider): string | undefined {
  return provider.pkce === 'S256' ? randomPKCECodeVerifier() : undefined;
}

/** Build the URL that the browser is sent to (RFC 6749 section 4.1.1). */
export async function authorizationUrl(
  provider: Provider,
  { state, codeVerifier }: { state: string; codeVerifier?: string | undefined },
): Promise<string> {
  const parameters: Record<string, string> = {
    redirect_uri: provider.redirectUri,
    scope: provider.scope,
    state,
    ...provider.profile.authorizationParameters?.(),
  };
  if (codeVerifier !== undefined) {
    parameters.code_challenge = await calculatePKCECodeChallenge(codeVerifier);
    parameters.code_challenge_method = 'S256';
  }
  return buildAuthorizationUrl(await provider.configuration(), parameters).href;
}
