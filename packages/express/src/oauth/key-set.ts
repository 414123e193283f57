import { createRemoteJWKSet, customFetch, errors, type JWTVerifyGetKey } from 'jose';
import { DiscoveryError } from './discovery.ts';
import { isOutageStatus, type ProviderClient } from './provider-request.ts';

/** Milliseconds until keys are read again in the background; those at hand are used meanwhile. */
const FRESH = 10 * 60_000;

/** Milliseconds until keys that could not be read again are used no more. */
const USABLE = 60 * 60_000;

/**
 * Milliseconds in which one token with an unknown key makes us look for new keys. The first one does
 * so at once, for keys rotate; a flood of them must not become a flood of requests.
 */
const LOOK_AGAIN = 30_000;

/** Find the key of a token among those that an issuer publishes (OpenID Connect Core section 10.1.1). */
export function keySet(
  jwksUri: string,
  { client, now }: { client: ProviderClient; now: () => number },
): JWTVerifyGetKey {
  const published = createRemoteJWKSet(new URL(jwksUri), {
    cacheMaxAge: USABLE,
    cooldownDuration: Number.POSITIVE_INFINITY,
    [customFetch]: async (url) => {
      readAt = now();
      const { status, body } = await client.send({
        url,
        method: 'GET',
        headers: { accept: 'application/json' },
      });
      if (status !== 200) {
        throw new DiscoveryError(`keys: status ${status}`, { isOutage: isOutageStatus(status) });
      }
      return new Response(body);
    },
  });
  let readAt = Number.NEGATIVE_INFINITY;
  let lookedAt = Number.NEGATIVE_INFINITY;

  return async (header, token) => {
    if (published.jwks() !== undefined && now() - readAt > FRESH)
      published.reload().catch(() => {});
    try {
      return await published(header, token);
    } catch (error) {
      // Of jose's own errors, the one without a name of its own: what came is no set of keys.
      if (error instanceof errors.JOSEError && error.code === errors.JOSEError.code) {
        throw new DiscoveryError('keys cannot be used', { cause: error });
      }
      const isUnknown = error instanceof errors.JWKSNoMatchingKey;
      if (!isUnknown || now() - lookedAt < LOOK_AGAIN) throw error;
      lookedAt = now();
      await published.reload();
      return published(header, token);
    }
  };
}
