import type { RedirectProfile } from '@cloakroom/profiles/provider-profile';
import {
  allowInsecureRequests,
  Configuration,
  clockTolerance,
  customFetch,
  type ServerMetadata,
} from 'openid-client';
import type { NormalizedProvider } from '../options.ts';
import { clientAuthentication } from './client-authentication.ts';
import { conformingFetch } from './conforming-fetch.ts';
import { discovery } from './discovery.ts';
import { keySet } from './key-set.ts';
import type { RedirectProvider } from './provider.ts';
import type { ProviderClient } from './provider-request.ts';
import { revokeTokens } from './revocation.ts';
import { ALGORITHMS, CLOCK_TOLERANCE } from './signed-claims.ts';
import { refreshTokens } from './token-endpoint.ts';

/** Set a provider of the authorization code grant up. Nothing is sent yet. */
export function redirectProvider(
  options: NormalizedProvider & { profile: RedirectProfile },
  { client, now }: { client: ProviderClient; now: () => number },
): RedirectProvider {
  const { profile, baseUrl, clientId } = options;
  // Joined as text: a trailing slash means something to some providers.
  const url = (path: string) => `${baseUrl}${path}`;
  const known = profile.endpoints && knownMetadata(profile.endpoints, { issuer: baseUrl, url });
  const metadata = known ? async () => known : discovery(baseUrl, { client, now });

  const configurationOf = latest(async (server: ServerMetadata) => {
    const methods = server.token_endpoint_auth_methods_supported ?? undefined;
    const authentication = await clientAuthentication(options, methods);
    // Which of them an issuer uses may change between two readings of its metadata.
    const described = { ...server, id_token_signing_alg_values_supported: [...ALGORITHMS] };
    const registration = { [clockTolerance]: CLOCK_TOLERANCE };
    const made = new Configuration(described, clientId, registration, authentication);
    made[customFetch] = conformingFetch(client, profile);
    // Bounded by the client, which knows a time-out from a lost connection.
    made.timeout = 0;
    if (baseUrl.startsWith('http:')) allowInsecureRequests(made);
    return made;
  });
  const keysAt = latest((jwksUri: string) => keySet(jwksUri, { client, now }));

  const provider: RedirectProvider = {
    ...options,
    now,
    url,
    metadata,
    configuration: async () => configurationOf(await metadata()),
    sendsIdTokens: known === undefined,
    async openId() {
      const { issuer, jwks_uri = '' } = await metadata();
      const { trustedAudiences } = options;
      return { clientId, issuer, keys: keysAt(jwks_uri), trustedAudiences, now };
    },
    credentials: ({ accessToken }) => ({ authorization: `Bearer ${accessToken}` }),
    refresh: (use) => refreshTokens(provider, use),
    revoke: (tokens) => revokeTokens(provider, tokens),
  };
  return provider;
}

function knownMetadata(
  endpoints: NonNullable<RedirectProfile['endpoints']>,
  { issuer, url }: { issuer: string; url: (path: string) => string },
): ServerMetadata {
  return {
    issuer,
    authorization_endpoint: url(endpoints.authorization),
    token_endpoint: url(endpoints.token),
    ...(endpoints.userInfo !== undefined && { userinfo_endpoint: url(endpoints.userInfo) }),
    token_endpoint_auth_methods_supported: ['client_secret_post'],
  };
}

/** Make something of a value, and again only when the value is another one. */
function latest<From, Made>(make: (from: From) => Made): (from: From) => Made {
  let last: { from: From; made: Made } | undefined;
  return (from) => {
    if (last?.from !== from) last = { from, made: make(from) };
    return last.made;
  };
}
