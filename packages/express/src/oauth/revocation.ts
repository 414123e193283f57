import { tokenRevocation } from 'openid-client';
import type { TokenSet } from '../tokens/token-set.ts';
import type { RedirectProvider } from './provider.ts';

/**
 * Revoke tokens (RFC 7009 section 2.1), the refresh token first: with it a provider drops the whole
 * grant. One that is refused, as of a type that the provider does not revoke, keeps no other from
 * being revoked. Where the provider has no such endpoint nothing happens.
 * @returns rejects with what was wrong with the first that was refused
 */
export async function revokeTokens(
  provider: RedirectProvider,
  { accessToken, refreshToken }: TokenSet,
): Promise<void> {
  const { revocation_endpoint } = await provider.metadata();
  if (revocation_endpoint === undefined) return;
  const configuration = await provider.configuration();
  const revoke = (token: string, token_type_hint: string) =>
    tokenRevocation(configuration, token, { token_type_hint });
  try {
    if (refreshToken !== undefined) await revoke(refreshToken, 'refresh_token');
  } finally {
    await revoke(accessToken, 'access_token');
  }
}
