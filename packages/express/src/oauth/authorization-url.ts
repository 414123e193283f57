import { randomBytes } from 'node:crypto';
import {
  buildAuthorizationUrl,
  buildAuthorizationUrlWithPAR,
  calculatePKCECodeChallenge,
  randomNonce,
  randomPKCECodeVerifier,
} from 'openid-client';
import type { RedirectProvider } from './provider.ts';

/** What an attempt keeps to itself until its callback. */
export interface AttemptSecrets {
  state: string;
  /** PKCE verifier, where the provider knows PKCE (RFC 7636 section 4.1). */
  codeVerifier?: string;
  /** Where the provider sends ID tokens (OpenID Connect Core section 3.1.2.1). */
  nonce?: string;
}

export function attemptSecrets(provider: RedirectProvider): AttemptSecrets {
  return {
    state: randomBytes(32).toString('base64url'),
    ...(provider.pkce === 'S256' && { codeVerifier: randomPKCECodeVerifier() }),
    ...(provider.sendsIdTokens && { nonce: randomNonce() }),
  };
}

/**
 * Build the URL that the browser is sent to (RFC 6749 section 4.1.1). Where the provider requires
 * it, the parameters are pushed there first (RFC 9126).
 */
export async function authorizationUrl(
  provider: RedirectProvider,
  { state, codeVerifier, nonce }: AttemptSecrets,
): Promise<string> {
  const { redirectUri, scope, profile } = provider;
  const parameters: Record<string, string> = {
    redirect_uri: redirectUri,
    scope,
    state,
    ...profile.authorizationParameters?.({ scope }),
    ...(nonce !== undefined && { nonce }),
  };
  if (codeVerifier !== undefined) {
    parameters.code_challenge = await calculatePKCECodeChallenge(codeVerifier);
    parameters.code_challenge_method = 'S256';
  }
  const [configuration, metadata] = await Promise.all([
    provider.configuration(),
    provider.metadata(),
  ]);
  const build = metadata.require_pushed_authorization_requests
    ? buildAuthorizationUrlWithPAR
    : buildAuthorizationUrl;
  return (await build(configuration, parameters)).href;
}
