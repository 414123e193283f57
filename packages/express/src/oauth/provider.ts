import type { ProviderProfile } from '@cloakroom/profiles/provider-profile';
import { allowInsecureRequests, ClientSecretPost, Configuration, customFetch } from 'openid-client';
import type { NormalizedProvider } from '../options.ts';
import { conformingFetch } from './conforming-fetch.ts';
import type { ProviderClient } from './provider-request.ts';

/** A provider as it was set up: its profile, our registration there, and how to reach it. */
export interface Provider {
  readonly id: string;
  readonly name: string;
  readonly profile: ProviderProfile;
  readonly baseUrl: string;
  readonly redirectUri: string;
  readonly scope: string;
  readonly pkce: 'S256' | 'off';
  /** What the protocol library needs to know. */
  configuration(): Promise<Configuration>;
  /** Absolute URL of one of the provider's endpoints. */
  endpoint(name: keyof ProviderProfile['endpoints']): string;
}

/** Set a provider up. Nothing is sent yet. */
export function createProvider(options: NormalizedProvider, client: ProviderClient): Provider {
  const { profile, baseUrl } = options;
  // Joined as text: a trailing slash means something to some providers.
  const endpoint = (name: keyof ProviderProfile['endpoints']) =>
    `${baseUrl}${profile.endpoints[name]}`;

  const configuration = new Configuration(
    {
      issuer: baseUrl,
      authorization_endpoint: endpoint('authorization'),
      token_endpoint: endpoint('token'),
      userinfo_endpoint: endpoint('userInfo'),
    },
    options.clientId,
    undefined,
    ClientSecretPost(options.clientSecret),
  );
  configuration[customFetch] = conformingFetch(client, profile);
  // Bounded by the client, which knows a time-out from a lost connection.
  configuration.timeout = 0;
  if (baseUrl.startsWith('http:')) allowInsecureRequests(configuration);

  return { ...options, endpoint, configuration: async () => configuration };
}
