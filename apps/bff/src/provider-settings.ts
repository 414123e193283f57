import { readFileSync } from 'node:fs';
import type { ProviderOptions } from '@cloakroom/express/options';
import { profiles } from '@cloakroom/profiles/profiles';
import type { ProviderProfile } from '@cloakroom/profiles/provider-profile';
import { z } from 'zod';
import type { Environment } from './environment.ts';

type JWK = NonNullable<ProviderOptions['clientKey']>;

/** Ways to authenticate at a provider (OpenID Connect Core section 9). */
const CLIENT_AUTH = ['client_secret_basic', 'client_secret_post', 'private_key_jwt'] as const;

/** One provider of the settings. What is not set is left to the profile. */
export interface ProviderSettings {
  id: string;
  profile: ProviderProfile;
  name?: string;
  clientId: string;
  clientSecret: string;
  clientKey?: JWK;
  clientAuth?: (typeof CLIENT_AUTH)[number];
  baseUrl?: string;
  redirectUri?: string;
  scope?: string;
  pkce?: 'S256' | 'off';
  trustedAudiences?: readonly string[];
  logoutHint?: boolean;
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
  const displayName = setting('NAME');
  const clientId = setting('CLIENT_ID');
  const clientSecret = setting('CLIENT_SECRET');
  const baseUrl = setting('BASE_URL');
  const redirectUri = setting('REDIRECT_URI');
  const scope = setting('SCOPE');
  const pkce = setting('PKCE');
  const clientAuth = CLIENT_AUTH.find((method) => method === setting('CLIENT_AUTH'));
  const clientKey = readKey(setting('CLIENT_KEY_FILE'));
  const logoutHint = setting('LOGOUT_HINT');
  const trustedAudiences = setting('TRUSTED_AUDIENCES')?.split(/\s+/);
  const takesPassword = profile?.kind === 'password';

  if (profile === undefined)
    problem('PROFILE', `must be one of ${Object.keys(profiles).join(', ')}`);
  if (clientId === undefined && !takesPassword) problem('CLIENT_ID', 'is required');
  if (clientKey === 'unusable') {
    problem('CLIENT_KEY_FILE', 'must be a file with a private key as a JWK, with "alg"');
  } else if (clientSecret === undefined && !clientKey && !takesPassword) {
    problem('CLIENT_SECRET', 'is required');
  }
  if (setting('CLIENT_AUTH') !== undefined && clientAuth === undefined) {
    problem('CLIENT_AUTH', `must be one of ${CLIENT_AUTH.join(', ')}`);
  }
  if (clientAuth === 'private_key_jwt' && clientKey === undefined) {
    problem('CLIENT_KEY_FILE', 'is required');
  }
  if (profile?.baseUrl === undefined && baseUrl === undefined) problem('BASE_URL', 'is required');
  if (baseUrl !== undefined && !isHttpUrl(baseUrl))
    problem('BASE_URL', 'must be an http or https URL');
  if (redirectUri !== undefined && !isCallbackUrl(redirectUri)) {
    problem('REDIRECT_URI', 'must be a URL that ends in /oauth/callback or /oauth/callback/<id>');
  }
  if (pkce !== undefined && pkce !== 'S256' && pkce !== 'off')
    problem('PKCE', 'must be S256 or off');
  if (logoutHint !== undefined && logoutHint !== 'on' && logoutHint !== 'off')
    problem('LOGOUT_HINT', 'must be on or off');
  if (problems.length > before || !profile || clientKey === 'unusable') return [];

  return [
    {
      id: source.id ?? profile.id,
      profile,
      ...(displayName !== undefined && { name: displayName }),
      clientId: clientId ?? '',
      clientSecret: clientSecret ?? '',
      ...(clientKey !== undefined && { clientKey }),
      ...(clientAuth !== undefined && { clientAuth }),
      ...(trustedAudiences !== undefined && { trustedAudiences }),
      ...(logoutHint !== undefined && { logoutHint: logoutHint === 'on' }),
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

/** Read a private key (RFC 7517). What is in the file is never part of a message. */
function readKey(file: string | undefined): JWK | 'unusable' | undefined {
  if (file === undefined) return undefined;
  try {
    const key = z
      .looseObject({ kty: z.enum(['RSA', 'EC', 'OKP']), alg: z.string(), d: z.string() })
      .parse(JSON.parse(readFileSync(file, 'utf8')));
    return key as JWK;
  } catch {
    return 'unusable';
  }
}

const isCallbackUrl = (value: string) =>
  isHttpUrl(value) && /\/oauth\/callback(\/[a-z0-9-]+)?$/.test(value);

function isHttpUrl(value: string): boolean {
  const url = URL.parse(value);
  return url !== null && /^https?:$/.test(url.protocol) && url.search === '' && url.hash === '';
}
