import type { ProviderProfile } from '@cloakroom/profiles/provider-profile';
import type { JWK } from 'jose';
import { type Log, withBareErrors } from './log.ts';
import { createLogger } from './logger.ts';
import type { Store } from './store/store.ts';

/** Ways to authenticate at a provider (OpenID Connect Core section 9). */
export const CLIENT_AUTHENTICATIONS = [
  'client_secret_basic',
  'client_secret_post',
  'private_key_jwt',
] as const;

/** What an adopter passes to `createCloakroom`. Times in seconds where the name does not say otherwise. */
export interface CloakroomOptions {
  /** Origin that browsers use, as `https://app.example`. */
  publicUrl: string;
  /** Each at least 32 bytes; the first signs and encrypts, all verify and decrypt. */
  sessionSecrets: readonly string[];
  /** Where sessions live: `redisStore(...)`, or `memoryStore()` in development. */
  store: Store;
  /** The providers on offer; the first is the default. */
  providers: readonly ProviderOptions[];
  /** Default: pino from level `info` on, JSON lines on standard output. */
  log?: Log | undefined;
  /** Seconds without a request after which a session ends. Default 43200. */
  sessionIdleTtl?: number | undefined;
  /** Seconds after which a session ends in any case. Default 2592000. */
  sessionAbsoluteTtl?: number | undefined;
  /** Prefix of every key in the store. Default `cloakroom:`. */
  prefix?: string | undefined;
  /** Bound on each call to a provider in milliseconds. Default 10000. */
  providerTimeoutMs?: number | undefined;
  /** Starts and callbacks per client address and minute; 0 = off. Default 1000. */
  rateLimitLogin?: number | undefined;
  /** Password sign-ins per client address, login name and minute; 0 = off. Default 10. */
  rateLimitPassword?: number | undefined;
  /** Clock in milliseconds since the epoch. Default `Date.now`. */
  now?: (() => number) | undefined;
}

export interface ProviderOptions {
  profile: ProviderProfile;
  /** Not needed where the profile takes a password. */
  clientId?: string | undefined;
  /** Not needed with `clientKey`. */
  clientSecret?: string | undefined;
  /** Name of this provider here. Default: the profile's. */
  id?: string | undefined;
  /** What people know this provider by. Default: the profile's name. */
  name?: string | undefined;
  /** Base URL, with or without a slash at its end. Default: the profile's own, if it has one. */
  baseUrl?: string | undefined;
  /** Registered callback. Default `<publicUrl>/oauth/callback`, with `/<id>` from the second provider on. */
  redirectUri?: string | undefined;
  scope?: string | undefined;
  pkce?: 'S256' | 'off' | undefined;
  /** Private key as a JWK (RFC 7517) with `alg`: for `private_key_jwt` in place of the secret. */
  clientKey?: JWK | undefined;
  /** Default: by the key if there is one, else by the secret as the provider's metadata says. */
  clientAuth?: (typeof CLIENT_AUTHENTICATIONS)[number] | undefined;
  /** Audiences that an ID token may name besides `clientId`, which must be its `azp` then. Default none. */
  trustedAudiences?: readonly string[] | undefined;
  /** Whether the provider's sign-out page gets the ID token as a hint. Default true. */
  logoutHint?: boolean | undefined;
}

export interface NormalizedProvider {
  id: string;
  name: string;
  profile: ProviderProfile;
  clientId: string;
  clientSecret: string;
  baseUrl: string;
  redirectUri: string;
  scope: string;
  pkce: 'S256' | 'off';
  clientKey?: ProviderOptions['clientKey'];
  clientAuth?: ProviderOptions['clientAuth'];
  trustedAudiences: readonly string[];
  logoutHint: boolean;
}

export interface NormalizedOptions extends Defined<Omit<CloakroomOptions, 'providers'>> {
  providers: readonly [NormalizedProvider, ...NormalizedProvider[]];
  /** Whether browsers reach us by https: decides the cookies' names and `Secure`. */
  secure: boolean;
}

type Defined<T> = { [Name in keyof T]-?: Exclude<T[Name], undefined> };

/** Every option that cannot be used, each with the reason. */
export class OptionsError extends Error {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`Cloakroom cannot start:\n${problems.map((problem) => `- ${problem}`).join('\n')}`);
    this.name = 'OptionsError';
    this.problems = problems;
  }
}

/** The most that a timer of Node.js takes, in milliseconds; as seconds 68 years. */
const MOST = 2 ** 31 - 1;

/**
 * Fill in the defaults, once.
 * @throws OptionsError that lists every problem
 */
export function normalizeOptions({
  publicUrl,
  sessionSecrets = [],
  store,
  providers: offered = [],
  log = createLogger('info'),
  sessionIdleTtl = 43_200,
  sessionAbsoluteTtl = 2_592_000,
  prefix = 'cloakroom:',
  providerTimeoutMs = 10_000,
  rateLimitLogin = 1000,
  rateLimitPassword = 10,
  now = Date.now,
}: CloakroomOptions): NormalizedOptions {
  const problems: string[] = [];
  const origin = URL.parse(publicUrl)?.origin ?? 'null';
  if (!/^https?:/.test(origin)) problems.push('publicUrl: must be an http or https origin');
  if (sessionSecrets.length === 0) problems.push('sessionSecrets: must name one at least');
  if (sessionSecrets.some((secret) => Buffer.byteLength(secret) < 32)) {
    problems.push('sessionSecrets: each must have 32 bytes at least');
  }
  if (!store) problems.push('store: is required');
  const times = { sessionIdleTtl, sessionAbsoluteTtl, providerTimeoutMs };
  const limits = { rateLimitLogin, rateLimitPassword };
  problems.push(...numberProblems(times, 1), ...numberProblems(limits, 0));
  if (offered.length === 0) problems.push('providers: must name one at least');
  const providers = offered.map((provider, index) =>
    normalizeProvider(provider, { origin, index, problems }),
  );
  if (new Set(providers.map(({ id }) => id)).size < providers.length) {
    problems.push('providers: two have the same id');
  }
  const [first, ...others] = providers;
  if (first === undefined || problems.length > 0) throw new OptionsError(problems);

  return {
    ...times,
    ...limits,
    publicUrl: origin,
    secure: origin.startsWith('https:'),
    sessionSecrets,
    store,
    prefix,
    providers: [first, ...others],
    log: withBareErrors(log),
    now,
  };
}

function* numberProblems(numbers: Record<string, number>, least: number): Generator<string> {
  for (const [name, value] of Object.entries(numbers)) {
    if (!Number.isInteger(value) || value < least || value > MOST) {
      yield `${name}: must be a whole number from ${least} to ${MOST}`;
    }
  }
}

/** Is this a name that a provider may have here? It becomes part of addresses. */
export function isProviderId(id: string): boolean {
  return /^[a-z0-9][a-z0-9-]*$/.test(id);
}

/**
 * Say what is wrong with a redirect URI.
 * @param provider.index its place among the providers: the first one's callback needs no id
 */
export function redirectUriProblem(
  redirectUri: string,
  { id, index }: { id: string; index: number },
): string | undefined {
  const paths = [...new Set([callbackPath(id, index), callbackPath(id)])];
  const url = /[?#]/.test(redirectUri) ? null : URL.parse(redirectUri);
  if (paths.some((path) => url?.pathname.endsWith(path))) return undefined;
  return `must be a URL that ends in ${paths.join(' or ')}`;
}

/** Say what is wrong with a scope: OpenID Connect Core section 3.1.2.1 wants `openid` in it. */
export function scopeProblem(profile: ProviderProfile, scope: string): string | undefined {
  const isOidc = profile.kind === 'redirect' && !profile.endpoints;
  return isOidc && !scope.split(' ').includes('openid') ? 'must include openid' : undefined;
}

const callbackPath = (id: string, index?: number) =>
  index === 0 ? '/oauth/callback' : `/oauth/callback/${id}`;

function normalizeProvider(
  { profile, clientId = '', clientSecret = '', ...options }: ProviderOptions,
  place: { origin: string; index: number; problems: string[] },
): NormalizedProvider {
  const id = options.id ?? profile.id;
  const problem = (text: string) =>
    place.problems.push(`providers[${place.index}] (${id}): ${text}`);
  const baseUrl = (options.baseUrl ?? profile.baseUrl ?? '').replace(/\/+$/, '');
  const redirectUri = options.redirectUri ?? `${place.origin}${callbackPath(id, place.index)}`;

  if (!isProviderId(id)) problem('the id must be of a-z, 0-9 and -');
  if (options.clientKey && typeof options.clientKey.alg !== 'string')
    problem('clientKey has no alg');
  if (options.clientAuth === 'private_key_jwt' && !options.clientKey)
    problem('clientKey is missing');
  if (!/^https?:\/\/[^/]/.test(baseUrl)) problem('baseUrl must be an http or https URL');
  const redirects = profile.kind === 'redirect' ? profile : undefined;
  const scope = options.scope ?? redirects?.scope ?? '';
  const wrongScope = scopeProblem(profile, scope);
  if (wrongScope) problem(`scope ${wrongScope}`);
  if (redirects && clientId === '') problem('clientId is empty');
  if (redirects && clientSecret === '' && !options.clientKey) problem('clientSecret is empty');
  const wrongRedirect = redirectUriProblem(redirectUri, { id, index: place.index });
  if (wrongRedirect) problem(`redirectUri ${wrongRedirect}`);
  return {
    id,
    name: options.name ?? profile.name,
    profile,
    clientId,
    clientSecret,
    baseUrl,
    redirectUri,
    scope,
    pkce: options.pkce ?? redirects?.pkce ?? 'off',
    clientKey: options.clientKey,
    clientAuth: options.clientAuth,
    trustedAudiences: options.trustedAudiences ?? [],
    logoutHint: options.logoutHint ?? true,
  };
}
