import { profiles } from '@cloakroom/profiles/profiles';
import type { ProviderProfile } from '@cloakroom/profiles/provider-profile';
import type { Environment } from './environment.ts';

/** One provider of the settings. What is not set is left to the profile. */
export interface ProviderSettings {
  id: string;
  profile: ProviderProfile;
  clientId: string;
  clientSecret: string;
  baseUrl?: string;
  redirectUri?: string;
  scope?: string;
  pkce?: 'S256' | 'off';
  /** The variables that these came from, for messages. */
  names: Record<'baseUrl' | 'redirectUri' | 'clientSecret', string>;
}

/**
 * Read the providers: those of `OAUTH_PROVIDERS`, each from `OAUTH_<ID>_...`, or the one of the
 * settings without an id, which are no fall-back for the others.
 * @param problems what is wrong is added here
 */
export function readProviders(env: Environment, problems: string[]): ProviderSettings[] {
  if (env.OAUTH_PROVIDERS === undefined) {
    return readProvider({
      env,
      prefix: 'OAUTH_',
      profile: env.OAUTH_PROFILE ?? 'aihubmix',
      problems,
    });
  }
  const ids = env.OAUTH_PROVIDERS.split(',').map((id) => id.trim());
  if (new Set(ids).size < ids.length) problems.push('OAUTH_PROVIDERS: names one twice');
  return ids.flatMap((id) => {
    if (!/^[a-z0-9][a-z0-9-]*$/.test(id)) {
      problems.push('OAUTH_PROVIDERS: ids are of a-z, 0-9 and -, separated by commas');
      return [];
    }
    const prefix = `OAUTH_${id.toUpperCase().replaceAll('-', '_')}_`;
    return readProvider({ env, prefix, profile: env[`${prefix}PROFILE`] ?? id, id, problems });
  });
}

function readProvider(source: {
  env: Environment;
  prefix: string;
  profile: string;
  id?: string;
  problems: string[];
}): ProviderSettings[] {
  const { env, prefix, problems } = source;
  const before = problems.length;
  const setting = (name: string) => env[prefix + name];
  const problem = (name: string, text: string) => problems.push(`${prefix}${name}: ${text}`);

  const profile = Object.hasOwn(profiles, source.profile) ? profiles[source.profile] : undefined;
  const clientId = setting('CLIENT_ID');
  const clientSecret = setting('CLIENT_SECRET');
  const baseUrl = setting('BASE_URL');
  const redirectUri = setting('REDIRECT_URI');
  const scope = setting('SCOPE');
  const pkce = setting('PKCE');

  if (profile === undefined)
    problem('PROFILE', `must be one of ${Object.keys(profiles).join(', ')}`);
  if (clientId === undefined) problem('CLIENT_ID', 'is required');
  if (clientSecret === undefined) problem('CLIENT_SECRET', 'is required');
  if (profile?.baseUrl === undefined && baseUrl === undefined) problem('BASE_URL', 'is required');
  if (baseUrl !== undefined && !isHttpUrl(baseUrl))
    problem('BASE_URL', 'must be an http or https URL');
  if (redirectUri !== undefined && !isCallbackUrl(redirectUri)) {
    problem('REDIRECT_URI', 'must be a URL that ends in /oauth/callback or /oauth/callback/<id>');
  }
  if (pkce !== undefined && pkce !== 'S256' && pkce !== 'off')
    problem('PKCE', 'must be S256 or off');
  if (problems.length > before || !profile || !clientId || !clientSecret) return [];

  return [
    {
      id: source.id ?? profile.id,
      profile,
      clientId,
      clientSecret,
      ...(baseUrl !== undefined && { baseUrl }),
      ...(redirectUri !== undefined && { redirectUri }),
      ...(scope !== undefined && { scope }),
      ...((pkce === 'S256' || pkce === 'off') && { pkce }),
      names: {
        baseUrl: `${prefix}BASE_URL`,
        redirectUri: `${prefix}REDIRECT_URI`,
        clientSecret: `${prefix}CLIENT_SECRET`,
      },
    },
  ];
}

const isCallbackUrl = (value: string) =>
  isHttpUrl(value) && /\/oauth\/callback(\/[a-z0-9-]+)?$/.test(value);

function isHttpUrl(value: string): boolean {
  const url = URL.parse(value);
  return url !== null && /^https?:$/.test(url.protocol) && url.search === '' && url.hash === '';
}
