import { readFileSync } from 'node:fs';
import {
  CLIENT_AUTHENTICATIONS,
  isProviderId,
  type ProviderOptions,
  redirectUriProblem,
  scopeProblem,
} from '@cloakroom/express/options';
import { profiles } from '@cloakroom/profiles/profiles';
import type { ProviderProfile } from '@cloakroom/profiles/provider-profile';
import { z } from 'zod';
import type { Environment } from './environment.ts';
import { httpUrl } from './http-url.ts';
import { readEach } from './read-each.ts';

/** One provider of the settings. What is not set is left to the profile. */
export type ProviderSettings = ProviderOptions & {
  /** What the names of its variables begin with, for messages. */
  prefix: string;
};

type JWK = NonNullable<ProviderOptions['clientKey']>;

const oneOf = <const Name extends string>(names: readonly Name[]) =>
  z.enum(names, `must be one of ${names.join(', ')}`);

/** The settings of one provider, by the names of their variables after the prefix. */
const schema = z.object({
  PROFILE: oneOf(Object.keys(profiles))
    .transform((name) => profiles[name])
    .optional(),
  NAME: z.string().optional(),
  BASE_URL: httpUrl.optional(),
  CLIENT_ID: z.string().optional(),
  CLIENT_SECRET: z.string().optional(),
  CLIENT_KEY_FILE: z
    .string()
    .transform(readKey)
    .refine((key) => key, 'must be a file with a private key as a JWK, with an "alg" that fits it')
    .optional(),
  CLIENT_AUTH: oneOf(CLIENT_AUTHENTICATIONS).optional(),
  REDIRECT_URI: httpUrl.optional(),
  SCOPE: z.string().optional(),
  PKCE: oneOf(['S256', 'off']).optional(),
  TRUSTED_AUDIENCES: z
    .string()
    .transform((value) => value.split(/\s+/))
    .optional(),
  LOGOUT_HINT: oneOf(['on', 'off'])
    .transform((value) => value === 'on')
    .optional(),
});

/**
 * Read the providers: those of `OAUTH_PROVIDERS`, each from `OAUTH_<ID>_...`, or the one of the
 * settings without an id, which are no fall-back for the others.
 * @param problems what is wrong is added here
 */
export function readProviders(env: Environment, problems: string[]): ProviderSettings[] {
  if (env.OAUTH_PROVIDERS === undefined) {
    const alone = { OAUTH_PROFILE: 'aihubmix', ...env };
    return readProvider({ env: alone, prefix: 'OAUTH_', index: 0, problems });
  }
  const ids = env.OAUTH_PROVIDERS.split(',').map((id) => id.trim());
  if (new Set(ids).size < ids.length) problems.push('OAUTH_PROVIDERS: names one twice');
  return ids.flatMap((id, index) => {
    if (!isProviderId(id)) {
      problems.push('OAUTH_PROVIDERS: ids are of a-z, 0-9 and -, separated by commas');
      return [];
    }
    const prefix = `OAUTH_${id.toUpperCase().replaceAll('-', '_')}_`;
    const named = { [`${prefix}PROFILE`]: id, ...env };
    return readProvider({ env: named, prefix, id, index, problems });
  });
}

function readProvider(source: {
  env: Environment;
  prefix: string;
  id?: string;
  index: number;
  problems: string[];
}): ProviderSettings[] {
  const { env, prefix, index, problems } = source;
  const read = readEach(schema, source);
  const { PROFILE: profile, REDIRECT_URI: redirectUri } = read;
  for (const name of required(profile, {
    hasKey: env[`${prefix}CLIENT_KEY_FILE`] !== undefined,
    needsKey: read.CLIENT_AUTH === 'private_key_jwt',
  })) {
    if (env[prefix + name] === undefined) problems.push(`${prefix}${name}: is required`);
  }
  const id = source.id ?? profile?.id ?? '<id>';
  const wrong = redirectUri !== undefined && redirectUriProblem(redirectUri, { id, index });
  if (wrong) problems.push(`${prefix}REDIRECT_URI: ${wrong}`);
  if (profile === undefined) return [];
  const wrongScope = read.SCOPE !== undefined && scopeProblem(profile, read.SCOPE);
  if (wrongScope) problems.push(`${prefix}SCOPE: ${wrongScope}`);

  return [
    {
      id,
      profile,
      prefix,
      redirectUri,
      name: read.NAME,
      baseUrl: read.BASE_URL,
      clientId: read.CLIENT_ID,
      clientSecret: read.CLIENT_SECRET,
      clientKey: read.CLIENT_KEY_FILE,
      clientAuth: read.CLIENT_AUTH,
      scope: read.SCOPE,
      pkce: read.PKCE,
      trustedAudiences: read.TRUSTED_AUDIENCES,
      logoutHint: read.LOGOUT_HINT,
    },
  ];
}

/** What must be set: it depends on the profile, and on what else is set. */
function* required(
  profile: ProviderProfile | undefined,
  { hasKey, needsKey }: { hasKey: boolean; needsKey: boolean },
): Generator<keyof typeof schema.shape> {
  if (profile?.kind !== 'password') yield 'CLIENT_ID';
  if (profile?.kind !== 'password' && !hasKey) yield 'CLIENT_SECRET';
  if (needsKey) yield 'CLIENT_KEY_FILE';
  if (profile && profile.baseUrl === undefined) yield 'BASE_URL';
}

/** The algorithms of a kind of key, by its curve where it has one (RFC 7518 section 3.1, RFC 9864). */
const ALGORITHMS: Record<string, RegExp> = {
  RSA: /^[RP]S(256|384|512)$/,
  'P-256': /^ES256$/,
  'P-384': /^ES384$/,
  'P-521': /^ES512$/,
  Ed25519: /^(EdDSA|Ed25519)$/,
};

/** Read a private key (RFC 7517). What is in the file is never part of a message. */
function readKey(file: string): JWK | undefined {
  try {
    const key = z
      .looseObject({ kty: z.enum(['RSA', 'EC', 'OKP']), alg: z.string(), d: z.string() })
      .parse(JSON.parse(readFileSync(file, 'utf8')));
    const fits = Object.entries(ALGORITHMS).some(
      ([kind, algorithms]) => kind === (key.crv ?? key.kty) && algorithms.test(key.alg),
    );
    return fits ? (key as JWK) : undefined;
  } catch {
    return undefined;
  }
}
