import type { PasswordProfile } from '@cloakroom/profiles/provider-profile';
import { CookieJar } from 'tough-cookie';
import type { PasswordProvider } from '../oauth/provider.ts';
import type { ProviderClient } from '../oauth/provider-request.ts';
import type { NormalizedProvider } from '../options.ts';
import { AccountRefusal, callAccountApi } from './account-api.ts';
import { jarOf, tokensOf } from './cookie-tokens.ts';

/** Set a provider up that takes name and password. Nothing is sent yet. */
export function passwordProvider(
  options: NormalizedProvider & { profile: PasswordProfile },
  { client, now }: { client: ProviderClient; now: () => number },
): PasswordProvider {
  const { profile, baseUrl } = options;
  const { endpoints, cookies: names } = profile;
  const url = (path: string) => `${baseUrl}${path}`;
  const metadata = { issuer: baseUrl, userinfo_endpoint: url(endpoints.userInfo) };
  const kept = (jar: CookieJar) => tokensOf(jar, names, now());

  return {
    ...options,
    url,
    metadata: async () => metadata,

    credentials(tokens) {
      const cookies = jarOf(tokens).getCookiesSync(metadata.userinfo_endpoint);
      const access = cookies.find(({ value }) => value === tokens.accessToken);
      const cookie = cookies.map((one) => one.cookieString()).join('; ');
      return {
        ...(access !== undefined && { authorization: `Bearer ${access.value}` }),
        ...(cookie !== '' && { cookie }),
      };
    },

    // Success is 204 with cookies, and nothing else.
    async signIn(credentials) {
      const jar = new CookieJar();
      const answer = await callAccountApi(client, {
        url: url(endpoints.signIn),
        json: credentials,
        jar,
      });
      const tokens = kept(jar);
      if (answer.status !== 204 || tokens === undefined) throw new AccountRefusal(answer);
      return tokens;
    },

    async signUp(account) {
      const jar = new CookieJar();
      await callAccountApi(client, { url: url(endpoints.signUp), json: account, jar });
      return kept(jar);
    },

    async refresh({ previous }) {
      const jar = jarOf(previous);
      const answer = await callAccountApi(client, { url: url(endpoints.refresh), jar });
      const tokens = kept(jar);
      if (answer.status !== 204 || tokens === undefined) throw new AccountRefusal(answer);
      return tokens;
    },

    async revoke(tokens) {
      await callAccountApi(client, { url: url(endpoints.signOut), jar: jarOf(tokens) });
    },
  };
}
