import type { ProviderRow } from '../matrix/provider-row.ts';
import { callbackPath } from '../matrix/providers.ts';
import { type Cast, playerOf } from './cast.ts';

/** Register the site at `url` with a provider, and name what the BFF has to know of it. */
export function providerSettings(
  row: ProviderRow,
  { url, cast }: { url: string; cast: Cast },
): Record<string, string> {
  const { id, registration, settings = {}, words } = row;
  const { baseUrl, control } = playerOf(row, cast);
  const takesPassword = words === null;
  const app = takesPassword
    ? undefined
    : control.registerApp({
        name: 'Cloakroom e2e',
        redirectUri: url + callbackPath(row),
        ...registration?.({ url, id }),
      });
  const all = {
    BASE_URL: baseUrl,
    ...(app && { CLIENT_ID: app.clientId, CLIENT_SECRET: app.clientSecret }),
    ...settings,
  };
  const prefix = `OAUTH_${id.toUpperCase().replaceAll('-', '_')}_`;
  return Object.fromEntries(Object.entries(all).map(([name, value]) => [prefix + name, value]));
}
