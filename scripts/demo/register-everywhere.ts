import { createControlClient, type PersonaName } from '@cloakroom/emulator';

/** The providers that a browser is sent to, as the demo offers them; the first is the default. */
const REDIRECTING: readonly PersonaName[] = [
  'aihubmix',
  'oidc',
  'flarum',
  'rememberizer',
  'afdian',
];

/**
 * Register the demo at every provider of an emulator that runs with `CONTROL=on`.
 *
 * @param origin of the emulator
 * @param url of the demo, where callbacks go to
 * @returns the settings of a BFF that offers all of them
 */
export async function registerEverywhere(
  origin: string,
  url: string,
): Promise<Record<string, string>> {
  const settings = await Promise.all(
    REDIRECTING.map(async (id, index) => {
      const { clientId, clientSecret } = await createControlClient(origin, id).registerApp({
        name: 'Cloakroom demo',
        redirectUri: `${url}/oauth/callback${index === 0 ? '' : `/${id}`}`,
        ...(id === 'oidc' && {
          postLogoutRedirectUri: `${url}/`,
          backchannelLogoutUri: `${url}/oauth/backchannel-logout/${id}`,
        }),
        ...(id === 'rememberizer' && { landingPageUrl: `${url}/` }),
      });
      const prefix = `OAUTH_${id.toUpperCase()}_`;
      return {
        [`${prefix}BASE_URL`]: `${origin}/${id}`,
        [`${prefix}CLIENT_ID`]: clientId,
        [`${prefix}CLIENT_SECRET`]: clientSecret,
      };
    }),
  );
  return Object.assign({}, ...settings, {
    OAUTH_PROVIDERS: [...REDIRECTING, 'rememberizer-account'].join(','),
    OAUTH_REMEMBERIZER_ACCOUNT_BASE_URL: `${origin}/rememberizer`,
  });
}
