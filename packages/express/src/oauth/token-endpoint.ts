import {
  authorizationCodeGrant,
  ClientError,
  ResponseBodyError,
  refreshTokenGrant,
  type TokenEndpointResponse,
} from 'openid-client';
import { type TokenSet, tokenSetFrom } from '../tokens/token-set.ts';
import type { Provider } from './provider.ts';
import { ProviderRequestError } from './provider-request.ts';

/** Exchange a code for tokens (RFC 6749 section 4.1.3). Rejects with what `tokenFailure` explains. */
export async function exchangeCode(
  provider: Provider,
  callback: { code: string; state: string; codeVerifier?: string | undefined },
  now: () => number,
): Promise<TokenSet> {
  // The redirect URI of the request is the one that was registered, whatever a proxy made of it.
  const url = new URL(provider.redirectUri);
  url.searchParams.set('code', callback.code);
  url.searchParams.set('state', callback.state);
  const response = await authorizationCodeGrant(await provider.configuration(), url, {
    expectedState: callback.state,
    ...(callback.codeVerifier !== undefined && { pkceCodeVerifier: callback.codeVerifier }),
  });
  return tokenSetFrom(bearer(response), now());
}

/**
 * Use a refresh token (RFC 6749 section 6). Rejects with what `tokenFailure` explains.
 * @param use.previous what the response leaves out stays as it is here
 */
export async function refreshTokens(
  provider: Provider,
  use: { refreshToken: string; previous: TokenSet },
  now: () => number,
): Promise<TokenSet> {
  const response = await refreshTokenGrant(await provider.configuration(), use.refreshToken);
  return tokenSetFrom(bearer(response), now(), use.previous);
}

/**
 * Insist on a token that can be sent as `Authorization: Bearer`: of that type (RFC 6749 section 7.1)
 * and of visible characters (appendix A.12).
 */
function bearer(response: TokenEndpointResponse): TokenEndpointResponse {
  const { token_type, access_token } = response;
  if (token_type !== 'bearer') throw new Error('token_type is not Bearer');
  if (!/^[\x21-\x7e]+$/.test(access_token)) throw new Error('access_token has other characters');
  return response;
}

/** What a token request that brought no tokens means. */
export type TokenFailure =
  /** `invalid_grant`: the code or the refresh token is used up, expired or revoked. */
  | 'refused'
  /** Time-out, no connection, 408, 429, 5xx or an answer that is no OAuth answer: try again. */
  | 'outage'
  /** Any other 4xx: our registration or our settings are wrong. */
  | 'misconfigured';

/** Classify what `exchangeCode` or `refreshTokens` rejected with. */
export function tokenFailure(error: unknown): TokenFailure {
  if (error instanceof ResponseBodyError) {
    if (error.error === 'invalid_grant') return 'refused';
    return isOutageStatus(error.status) ? 'outage' : 'misconfigured';
  }
  const response = error instanceof ClientError ? error.cause : undefined;
  if (response instanceof Response && response.status >= 400) {
    return isOutageStatus(response.status) ? 'outage' : 'misconfigured';
  }
  return 'outage';
}

const isOutageStatus = (status: number) => status === 408 || status === 429 || status >= 500;

/** Find the lost call that an error comes from, however deep the library wrapped it. */
export function lostCall(error: unknown): ProviderRequestError | undefined {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (cause instanceof ProviderRequestError) return cause;
  }
  return undefined;
}
