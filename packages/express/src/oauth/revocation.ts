import { tokenRevocation } from 'openid-client';
import type { TokenSet } from '../tokens/token-set.ts';
import type { RedirectProvider } from './provider.ts';

/**
 * Revoke tokens (RFC 7009 section 2.1), the refresh token first: with it a provider drops the whole
 * grant. Where the provider has no such endpoint nothing happens.
 */
export async function revokeTokens(
  provider: RedirectProvider,
  { accessToken, refreshToken }: TokenSet,
): Promise<void> {
  const { revocation_endpoint } = await provider.metadata();
  if (revocation_endpoint === undefined) return;
  const configuration = await provider.configuration();
  if (refreshToken !== undefined) {
    await tokenRevocation(configuration, refreshToken, { token_type_hint: 'refresh_token' });
  }
  await tokenRevocation(configuration, accessToken, { token_type_hint: 'access_token' });
}
