import { randomBytes } from 'node:crypto';
import { accessSync, constants } from 'node:fs';
import { parseRedisUrl } from '@cloakroom/express/redis-url';
import { compile as compileTrust } from 'proxy-addr';
import { z } from 'zod';
import type { Environment } from './environment.ts';
import { isLoopbackUrl } from './loopback-url.ts';
import { type ProviderSettings, readProviders } from './provider-settings.ts';
import { sampleSecret } from './sample-secrets.ts';

/** Everything that can be set, with its default. Names are those of the environment. */
export type Settings = Readonly<z.infer<typeof schema>> & {
  readonly PUBLIC_URL: string;
  readonly SESSION_SECRETS: readonly string[];
  readonly providers: readonly ProviderSettings[];
};

/** Every setting that cannot be used: `NAME: what is wrong with it`. Never shows a value of a secret. */
export class SettingsError extends Error {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
    this.name = 'SettingsError';
    this.problems = problems;
  }
}

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
const httpUrl = z.url({ protocol: /^https?$/, error: 'must be an http or https URL' });
const origin = httpUrl.refine(
  (value) => URL.parse(value)?.pathname === '/' && !/[?#@]/.test(value),
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
 * @throws SettingsError that lists every problem at once
 */
export function readSettings(environment: Environment): Settings {
  // A variable without a value counts as not set: that is how compose files leave things out.
  const env = Object.fromEntries(Object.entries(environment).filter(([, value]) => value?.trim()));
  const problems: string[] = [];
  const base = readEach(env, problems);
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
  if (problems.length > 0) throw new SettingsError(problems);
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

/** Read setting by setting: one that is wrong must not hide what is wrong with the others. */
function readEach(env: Environment, problems: string[]): z.infer<typeof schema> {
  const fields = Object.entries(schema.shape).map(([name, field]) => {
    const { data, error } = field.safeParse(env[name]);
    if (error) problems.push(`${name}: ${error.issues[0]?.message}`);
    return [name, error ? field.safeParse(undefined).data : data];
  });
  return Object.fromEntries(fields);
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

  for (const { names, baseUrl, redirectUri, clientSecret } of providers) {
    if (baseUrl !== undefined && !isHttps(baseUrl) && !isLoopbackUrl(baseUrl)) {
      yield `${names.baseUrl}: must be https in production`;
    }
    const ownLoopback = local && redirectUri?.startsWith(`${PUBLIC_URL}/`);
    if (redirectUri !== undefined && !isHttps(redirectUri) && !ownLoopback) {
      yield `${names.redirectUri}: must be https in production`;
    }
    if (sampleSecret(clientSecret)) yield `${names.clientSecret}: is a sample; use your own`;
  }
}
