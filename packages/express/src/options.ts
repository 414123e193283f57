import type { ProviderProfile } from '@cloakroom/profiles/provider-profile';
import type { JWK } from 'jose';
import { pino } from 'pino';
import type { Log } from './log.ts';
import type { Store } from './store/store.ts';

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
  /** Default: pino, JSON lines on standard output. */
  log?: Log;
  /** Seconds without a request after which a session ends. Default 43200. */
  sessionIdleTtl?: number;
  /** Seconds after which a session ends in any case. Default 2592000. */
  sessionAbsoluteTtl?: number;
  /** Prefix of every key in the store. Default `cloakroom:`. */
  prefix?: string;
  /** Bound on each call to a provider in milliseconds. Default 10000. */
  providerTimeoutMs?: number;
  /** Starts and callbacks per client address and minute; 0 = off. Default 1000. */
  rateLimitLogin?: number;
  /** Password sign-ins per client address, login name and minute; 0 = off. Default 10. */
  rateLimitPassword?: number;
  /** Clock in milliseconds since the epoch. Default `Date.now`. */
  now?: () => number;
}

export interface ProviderOptions {
  profile: ProviderProfile;
  /** Not needed where the profile takes a password. */
  clientId?: string;
  /** Not needed with `clientKey`. */
  clientSecret?: string;
  /** Name of this provider here. Default: the profile's. */
  id?: string;
  /** What people know this provider by. Default: the profile's name. */
  name?: string;
  /** Base URL, with or without a slash at its end. Default: the profile's own, if it has one. */
  baseUrl?: string;
  /** Registered callback. Default `<publicUrl>/oauth/callback`, with `/<id>` from the second provider on. */
  redirectUri?: string;
  scope?: string;
  pkce?: 'S256' | 'off';
  /** Private key as a JWK (RFC 7517) with `alg`: for `private_key_jwt` in place of the secret. */
  clientKey?: JWK;
  /** Default: by the key if there is one, else by the secret as the provider's metadata says. */
  clientAuth?: 'client_secret_basic' | 'client_secret_post' | 'private_key_jwt';
  /** Audiences that an ID token may name besides `clientId`, which must be its `azp` then. Default none. */
  trustedAudiences?: readonly string[];
  /** Whether the provider's sign-out page gets the ID token as a hint. Default true. */
  logoutHint?: boolean;
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
  clientKey?: JWK | undefined;
  clientAuth?: ProviderOptions['clientAuth'] | undefined;
  trustedAudiences: readonly string[];
  logoutHint: boolean;
}

export type NormalizedOptions = Required<Omit<CloakroomOptions, 'providers'>> & {
  providers: readonly [NormalizedProvider, ...NormalizedProvider[]];
  /** Whether browsers reach us by https: decides the cookies' names and `Secure`. */
  secure: boolean;
};

/** Every option that cannot be used, each with the reason. */
export class OptionsError extends Error {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`Cloakroom cannot start:\n${problems.map((problem) => `- ${problem}`).join('\n')}`);
    this.name = 'OptionsError';
    this.problems = problems;
  }
}

/**
 * Fill in the defaults, once.
 * @throws OptionsError that lists every problem
 */
export function normalizeOptions(options: CloakroomOptions): NormalizedOptions {
  const problems: string[] = [];
  const origin = URL.parse(options.publicUrl)?.origin ?? 'null';
  if (!/^https?:/.test(origin)) problems.push('publicUrl: must be an http or https origin');
  if (options.sessionSecrets.length === 0) problems.push('sessionSecrets: must name one at least');
  if (options.sessionSecrets.some((secret) => Buffer.byteLength(secret) < 32)) {
    problems.push('sessionSecrets: each must have 32 bytes at least');
  }
  if (options.providers.length === 0) problems.push('providers: must name one at least');
  const providers = options.providers.map((provider, index) =>
    normalizeProvider(provider, { origin, index, problems }),
  );
  if (new Set(providers.map(({ id }) => id)).size < providers.length) {
    problems.push('providers: two have the same id');
  }
  const [first, ...others] = providers;
  if (first === undefined || problems.length > 0) throw new OptionsError(problems);

  return {
    sessionIdleTtl: 43_200,
    sessionAbsoluteTtl: 2_592_000,
    prefix: 'cloakroom:',
    providerTimeoutMs: 10_000,
    rateLimitLogin: 1000,
    rateLimitPassword: 10,
    now: Date.now,
    log: pino(),
    ...options,
    publicUrl: origin,
    providers: [first, ...others],
    secure: origin.startsWith('https:'),
  };
}

function normalizeProvider(
  { profile, clientId = '', clientSecret = '', ...options }: ProviderOptions,
  place: { origin: string; index: number; problems: string[] },
): NormalizedProvider {
  const id = options.id ?? profile.id;
  const problem = (text: string) =>
    place.problems.push(`providers[${place.index}] (${id}): ${text}`);
  const baseUrl = (options.baseUrl ?? profile.baseUrl ?? '').replace(/\/+$/, '');
  const callbackPath = place.index === 0 ? '/oauth/callback' : `/oauth/callback/${id}`;
  const redirectUri = options.redirectUri ?? `${place.origin}${callbackPath}`;

  if (!/^[a-z0-9][a-z0-9-]*$/.test(id)) problem('the id must be of a-z, 0-9 and -');
  if (options.clientKey && typeof options.clientKey.alg !== 'string')
    problem('clientKey has no alg');
  if (options.clientAuth === 'private_key_jwt' && !options.clientKey)
    problem('clientKey is missing');
  if (!/^https?:\/\/[^/]/.test(baseUrl)) problem('baseUrl must be an http or https URL');
  const redirects = profile.kind === 'redirect' ? profile : undefined;
  const scope = options.scope ?? redirects?.scope ?? '';
  if (redirects && !redirects.endpoints && !scope.split(' ').includes('openid')) {
    problem('scope must include openid');
  }
  if (redirects && clientId === '') problem('clientId is empty');
  if (redirects && clientSecret === '' && !options.clientKey) problem('clientSecret is empty');
  const paths = [callbackPath, `/oauth/callback/${id}`];
  const redirectPath = URL.parse(redirectUri)?.pathname;
  if (!paths.some((path) => redirectPath?.endsWith(path)) || /[?#]/.test(redirectUri)) {
    problem(`redirectUri must be a URL that ends in ${paths.join(' or ')}`);
  }
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
