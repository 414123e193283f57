import { randomBytes } from 'node:crypto';
import { accessSync, constants } from 'node:fs';
import { OptionsError } from '@cloakroom/express/options';
import { parseRedisUrl } from '@cloakroom/express/redis-url';
import { compile as compileTrust } from 'proxy-addr';
import { z } from 'zod';
import type { Environment } from './environment.ts';
import { httpUrl } from './http-url.ts';
import { isLoopbackUrl } from './loopback-url.ts';
import { type ProviderSettings, readProviders } from './provider-settings.ts';
import { readEach } from './read-each.ts';
import { sampleSecret } from './sample-secrets.ts';

/** Everything that can be set, with its default. Names are those of the environment. */
export type Settings = Readonly<z.infer<typeof schema>> & {
  readonly PUBLIC_URL: string;
  readonly SESSION_SECRETS: readonly string[];
  readonly providers: readonly ProviderSettings[];
};

const count = (fallback: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/, 'must be a whole number')
    .transform(Number)
    .default(fallback);
const seconds = (fallback: number) =>
  count(fallback).refine((value) => value > 0, 'must be at least 1 second');
const port = z
  .string()
  .regex(/^\d{1,5}$/, 'must be a port')
  .transform(Number)
  .refine((value) => value < 65_536, 'must be a port');
const origin = httpUrl.refine(
  (value) => URL.parse(value)?.pathname === '/' && !value.includes('@'),
  'must be an origin, without a path',
);
const readableFile = z.string().refine(isReadable, 'cannot be read');

const schema = z.object({
  NODE_ENV: z.string().default('development'),
  HOST: z.string().default('127.0.0.1'),
  PORT: port.default(3000),
  PUBLIC_URL: origin.transform((value) => new URL(value).origin).optional(),
  TRUST_PROXY: z
    .string()
    .refine((value) => value !== 'true', 'must be hops or addresses: "true" would trust everybody')
    .transform((value) => (/^\d+$/.test(value) ? Number(value) : value.split(/\s*,\s*/)))
    .refine(isTrust, 'must be a number of hops, or addresses and CIDRs separated by commas')
    .optional(),
  TLS_CERT_FILE: readableFile.optional(),
  TLS_KEY_FILE: readableFile.optional(),
  SESSION_SECRETS: z
    .string()
    .transform((value) => value.split(',').map((secret) => secret.trim()))
    .refine(
      (secrets) => secrets.every((secret) => Buffer.byteLength(secret) >= 32),
      'each must have 32 bytes at least',
    )
    .optional(),
  SESSION_IDLE_TTL: seconds(43_200),
  SESSION_ABSOLUTE_TTL: seconds(2_592_000),
  REDIS_URL: z
    .string()
    .refine(
      (value) => parseRedisUrl(value),
      'must be redis://, rediss://, redis+cluster:// or redis+sentinel://',
    )
    .optional(),
  REDIS_PREFIX: z.string().default('cloakroom:'),
  PROVIDER_TIMEOUT_MS: count(10_000).refine((value) => value > 0, 'must be at least 1'),
  RATE_LIMIT_LOGIN: count(1000),
  RATE_LIMIT_PASSWORD: count(10),
  WEB_DIST: z.string().optional(),
  METRICS_PORT: port.optional(),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], 'must be a level of pino')
    .default('info'),
  WORKERS: count(1).refine((value) => value > 0, 'must be at least 1'),
});

/**
 * Read the settings of the BFF.
 * @throws OptionsError that lists every problem at once, as `NAME: what is wrong with it`, without the
 *   value of a secret
 */
export function readSettings(environment: Environment): Settings {
  // A variable without a value counts as not set: that is how compose files leave things out.
  const env = Object.fromEntries(Object.entries(environment).filter(([, value]) => value?.trim()));
  const problems: string[] = [];
  const base = readEach(schema, { env, problems });
  const secure = base.TLS_CERT_FILE !== undefined ? 'https' : 'http';
  const publicUrl = base.PUBLIC_URL ?? `${secure}://localhost:${base.PORT}`;
  const providers = readProviders(env, problems);

  if ((base.TLS_CERT_FILE === undefined) !== (base.TLS_KEY_FILE === undefined)) {
    problems.push('TLS_CERT_FILE, TLS_KEY_FILE: set both or neither');
  }
  if (base.WORKERS > 1 && base.REDIS_URL === undefined) {
    problems.push('REDIS_URL: needed where WORKERS is more than 1');
  }
  if (base.NODE_ENV === 'production') {
    problems.push(...productionProblems({ ...base, PUBLIC_URL: publicUrl }, env, providers));
  }
  if (problems.length > 0) throw new OptionsError(problems);
  return {
    ...base,
    PUBLIC_URL: publicUrl,
    SESSION_SECRETS: base.SESSION_SECRETS ?? [randomBytes(32).toString('base64url')],
    providers,
  };
}

function isTrust(value: number | string[]): boolean {
  try {
    return typeof value === 'number' || typeof compileTrust(value) === 'function';
  } catch {
    return false;
  }
}

function isReadable(file: string): boolean {
  try {
    accessSync(file, constants.R_OK);
    return true;
  } catch {
    return false;
  }
}

/** The strict rules: what is convenient at a desk and dangerous in the open. */
function* productionProblems(
  { PUBLIC_URL, SESSION_SECRETS }: { PUBLIC_URL: string; SESSION_SECRETS?: string[] | undefined },
  env: Environment,
  providers: readonly ProviderSettings[],
): Generator<string> {
  const isHttps = (url: string) => url.startsWith('https:');
  const local = isLoopbackUrl(PUBLIC_URL);
  if (!isHttps(PUBLIC_URL) && !local) yield 'PUBLIC_URL: must be https in production';
  if (env.SESSION_SECRETS === undefined) yield 'SESSION_SECRETS: must be set in production';
  if (env.REDIS_URL === undefined) yield 'REDIS_URL: must be set in production';
  if (env.NODE_TLS_REJECT_UNAUTHORIZED === '0') {
    yield 'NODE_TLS_REJECT_UNAUTHORIZED: must not be 0 in production: no certificate is verified then';
  }
  if (SESSION_SECRETS?.some(sampleSecret)) yield 'SESSION_SECRETS: is a sample; make your own';

  for (const { prefix, baseUrl, redirectUri, clientSecret = '' } of providers) {
    if (baseUrl !== undefined && !isHttps(baseUrl) && !isLoopbackUrl(baseUrl)) {
      yield `${prefix}BASE_URL: must be https in production`;
    }
    const ownLoopback = local && redirectUri?.startsWith(`${PUBLIC_URL}/`);
    if (redirectUri !== undefined && !isHttps(redirectUri) && !ownLoopback) {
      yield `${prefix}REDIRECT_URI: must be https in production`;
    }
    if (sampleSecret(clientSecret)) yield `${prefix}CLIENT_SECRET: is a sample; use your own`;
  }
}
