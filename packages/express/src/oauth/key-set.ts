import { createRemoteJWKSet, customFetch, errors, type JWTVerifyGetKey } from 'jose';
import type { ProviderClient } from './provider-request.ts';

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
      return new Response(status === 204 || status === 304 ? null : body, { status });
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
      const isUnknown = error instanceof errors.JWKSNoMatchingKey;
      if (!isUnknown || now() - lookedAt < LOOK_AGAIN) throw error;
      lookedAt = now();
      await published.reload();
      return published(header, token);
    }
  };
}
