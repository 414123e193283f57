import { aihubmix } from '@cloakroom/profiles/aihubmix';
import type { RefreshPolicy } from '@cloakroom/profiles/provider-profile';
import type { Provider } from '../src/oauth/provider.ts';
import type { ProviderAnswer, ProviderClient } from '../src/oauth/provider-request.ts';
import { redirectProvider } from '../src/oauth/redirect-provider.ts';

/** A token endpoint that answers as a test says, and counts. */
export interface FakeProvider {
  provider: Provider;
  client: ProviderClient;
  /** The refresh tokens that were sent, in order. */
  readonly sent: string[];
  /** The most requests that were under way at once. */
  readonly atOnce: number;
}

/** Answer a token request. */
export type Answer = (refreshToken: string, count: number) => Promise<ProviderAnswer>;

/** Make an answer of the token endpoint. */
export function tokenAnswer(status: number, body: object): ProviderAnswer {
  const headers = { 'content-type': 'application/json' };
  return { status, headers, body: JSON.stringify(body) };
}

/** Play a provider whose token endpoint answers with `answer`. */
export function fakeProvider(
  answer: Answer,
  refresh: RefreshPolicy = 'replace-or-keep',
): FakeProvider {
  const sent: string[] = [];
  let current = 0;
  let atOnce = 0;
  const client: ProviderClient = {
    async send({ body }) {
      const refreshToken = new URLSearchParams(String(body)).get('refresh_token') ?? '';
      sent.push(refreshToken);
      current += 1;
      atOnce = Math.max(atOnce, current);
      try {
        return await answer(refreshToken, sent.length);
      } finally {
        current -= 1;
      }
    },
    close: async () => {},
  };
  const provider = redirectProvider(
    {
      id: 'test',
      name: 'Test',
      profile: { ...aihubmix, refresh },
      clientId: 'client',
      clientSecret: 'secret',
      baseUrl: 'https://provider.example',
      redirectUri: 'https://app.example/oauth/callback',
      scope: 'profile',
      pkce: 'off',
      logoutHint: true,
      trustedAudiences: [],
    },
    { client, now: Date.now },
  );
  return {
    provider,
    client,
    sent,
    get atOnce() {
      return atOnce;
    },
  };
}
