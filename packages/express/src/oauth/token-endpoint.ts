import type { JsonObject } from '@cloakroom/profiles/provider-profile';
import { decodeJwt } from 'jose';
import {
  authorizationCodeGrant,
  ClientError,
  ResponseBodyError,
  refreshTokenGrant,
  type TokenEndpointResponse,
} from 'openid-client';
import { type TokenSet, tokenSetFrom } from '../tokens/token-set.ts';
import { hasNoTokens } from './conforming-fetch.ts';
import { DiscoveryError } from './discovery.ts';
import { type ExpectedIdToken, verifyIdToken } from './id-token.ts';
import type { RedirectProvider, RefreshUse } from './provider.ts';
import { isOutageStatus, ProviderRequestError } from './provider-request.ts';
import { UntrustedTokenError } from './signed-claims.ts';

/** What a callback brought, and what its attempt remembered. */
export interface CodeToRedeem {
  code: string;
  state: string;
  iss?: string | undefined;
  codeVerifier?: string | undefined;
  nonce?: string | undefined;
}

/** What a code was worth. */
export interface Redeemed {
  /** Absent where the provider has no tokens. */
  tokens?: TokenSet;
  /** Claims of the ID token, or the token response itself where that is the identity. */
  identity?: JsonObject;
}

/**
 * Exchange a code (RFC 6749 section 4.1.3). An ID token that comes with it is verified before
 * anything else happens. Rejects with what `tokenFailure` explains.
 */
export async function exchangeCode(
  provider: RedirectProvider,
  { code, state, iss, codeVerifier, nonce }: CodeToRedeem,
): Promise<Redeemed> {
  // The redirect URI of the request is the one that was registered, whatever a proxy made of it.
  const url = new URL(provider.redirectUri);
  for (const [name, value] of Object.entries({ code, state, iss })) {
    if (value !== undefined) url.searchParams.set(name, value);
  }
  const response = await authorizationCodeGrant(await provider.configuration(), url, {
    expectedState: state,
    ...(codeVerifier !== undefined && { pkceCodeVerifier: codeVerifier }),
    ...(nonce !== undefined && { expectedNonce: nonce, idTokenExpected: true }),
  });
  if (hasNoTokens(provider.profile)) return { identity: { ...response } };
  const tokens = tokenSetFrom(bearer(response), provider.now());
  if (!provider.sendsIdTokens) return { tokens };
  const identity = await verified(provider, tokens, { nonce });
  return { tokens: { ...tokens, ...(nonce !== undefined && { nonce }) }, identity };
}

/** Use a refresh token (RFC 6749 section 6). Rejects with what `tokenFailure` explains. */
export async function refreshTokens(
  provider: RedirectProvider,
  { refreshToken, previous, subject }: RefreshUse,
): Promise<TokenSet> {
  const { profile, redirectUri } = provider;
  const parameters = profile.refreshParameters?.({ redirectUri }) ?? {};
  const configuration = await provider.configuration();
  const response = await refreshTokenGrant(configuration, refreshToken, parameters);
  const tokens = tokenSetFrom(bearer(response), provider.now(), previous);
  if (!provider.sendsIdTokens || response.id_token === undefined) return tokens;
  const expected = { subject, nonceBefore: previous.nonce };
  return verified(provider, tokens, expected).then(
    () => tokens,
    (error) => withoutKeys(error, { tokens, previous, subject }),
  );
}

/**
 * Keys that cannot be read now must not cost the tokens that a refresh brought: the old ones may be
 * worthless. The library has compared the claims, and TLS vouches for the sender (OpenID Connect Core
 * section 3.1.3.7, 6); the token itself is not kept.
 */
function withoutKeys(
  error: unknown,
  { tokens, previous, subject }: { tokens: TokenSet; previous: TokenSet; subject: string },
): TokenSet {
  const areAway = lostCall(error) !== undefined || error instanceof DiscoveryError;
  const { idToken = '', ...others } = tokens;
  if (!areAway) throw error;
  if (decodeJwt(idToken).sub !== subject) throw new UntrustedTokenError('sub of another user');
  return { ...others, ...(previous.idToken !== undefined && { idToken: previous.idToken }) };
}

/** OpenID Connect Core sections 3.1.3.7 and 12.2. */
async function verified(
  provider: RedirectProvider,
  { idToken = '', accessToken }: TokenSet,
  expected: Omit<ExpectedIdToken, 'accessToken'>,
): Promise<JsonObject> {
  return verifyIdToken(await provider.openId(), idToken, { accessToken, ...expected });
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
  /** The code or the refresh token is used up, expired or revoked, or speaks of somebody else. */
  | 'refused'
  /** Time-out, no connection, 408, 429, 5xx or an answer that is no OAuth answer: try again. */
  | 'outage'
  /** Any other 4xx: our registration or our settings are wrong. */
  | 'misconfigured';

/** An error that knows itself what it means. */
export abstract class KnownTokenFailure extends Error {
  abstract readonly failure: TokenFailure;
}

/** What is over, and what wants the user: neither gets better without a new login. */
const REFUSALS = [
  'invalid_grant',
  // OpenID Connect Core section 3.1.2.6; some issuers answer a refresh so.
  ...['interaction_required', 'login_required', 'consent_required', 'account_selection_required'],
];

/** Classify what a code exchange or a refresh rejected with. */
export function tokenFailure(error: unknown): TokenFailure {
  if (error instanceof KnownTokenFailure) return error.failure;
  if (error instanceof UntrustedTokenError || isBadIdToken(error)) return 'refused';
  if (error instanceof ResponseBodyError) {
    if (REFUSALS.includes(error.error)) return 'refused';
    return isOutageStatus(error.status) ? 'outage' : 'misconfigured';
  }
  const response = error instanceof ClientError ? error.cause : undefined;
  if (response instanceof Response && response.status >= 400) {
    return isOutageStatus(response.status) ? 'outage' : 'misconfigured';
  }
  return 'outage';
}

/** The library looks at an ID token too, and may find the first thing that is wrong. */
function isBadIdToken(error: unknown): boolean {
  if (!(error instanceof ClientError)) return false;
  if (error.code?.startsWith('OAUTH_JWT_')) return true;
  let about: unknown = error.cause;
  while (about instanceof Error) about = about.cause;
  return typeof about === 'object' && about !== null && ('header' in about || 'claims' in about);
}

/** Find the lost call that an error comes from, however deep the library wrapped it. */
export function lostCall(error: unknown): ProviderRequestError | undefined {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (cause instanceof ProviderRequestError) return cause;
  }
  return undefined;
}
