import { z } from 'zod';
import { seconds } from '../../control/common-operations.ts';
import { definedOnly } from '../../control/defined-only.ts';
import { operation } from '../../control/operation.ts';
import { providerOperations } from '../../control/provider-operations.ts';
import { readStats, type Stats } from '../../control/stats.ts';
import { isRegistrableRedirectUri } from '../../provider/apps.ts';
import { appRequest, isLandingPage } from './app-form.ts';
import type { Endpoint } from './endpoints.ts';
import type { RememberizerProvider } from './rememberizer-provider.ts';

const redirectUri = z.string().refine(isRegistrableRedirectUri, 'https, or http on loopback');

const app = z
  .strictObject({
    name: z.string().min(1),
    description: z.string().optional(),
    landingPageUrl: z.string().refine(isLandingPage, 'https, or http on loopback').optional(),
    redirectUri: redirectUri.optional(),
    redirectUris: z.array(redirectUri).min(1).optional(),
  })
  .transform((form, context) => {
    const request = appRequest(form);
    if (request !== undefined) return request;
    context.addIssue('redirectUri or redirectUris is needed');
    return z.NEVER;
  });

const lifetimes = z.strictObject({
  code: seconds.optional(),
  accessToken: seconds.optional(),
  refreshToken: seconds.optional(),
  accessCookie: seconds.optional(),
  refreshCookie: seconds.optional(),
  verificationCode: seconds.optional(),
});

const userChanges = z.strictObject({
  name: z.string().optional(),
  email: z.string().optional(),
  password: z.string().optional(),
  emailVerified: z.boolean().optional(),
  embedQuota: z.int().optional(),
  developer: z.boolean().optional(),
});

const whose = z.strictObject({ username: z.string().optional(), clientId: z.string().optional() });
const none = z.tuple([]);
const onOff = z.tuple([z.boolean()]);

/** The operations of this persona: the common ones, and those of its own quirks. */
export function rememberizerOperations(provider: RememberizerProvider) {
  const quirk = <Name extends keyof RememberizerProvider['quirks']>(
    name: Name,
    args: z.ZodType<[RememberizerProvider['quirks'][Name]], [RememberizerProvider['quirks'][Name]]>,
  ) =>
    operation(args, (value): void => {
      provider.quirks[name] = value;
    });
  return {
    ...providerOperations(provider),

    registerApp: operation(z.tuple([app]), (request) => provider.registerApp(request)),
    setLifetimes: operation(z.tuple([lifetimes]), ({ code, accessToken, refreshToken, ...own }) => {
      const ofOAuth = definedOnly({ code, accessToken, refreshToken });
      Object.assign(provider.settings.lifetimes, ofOAuth);
      Object.assign(provider.quirks, definedOnly(own));
    }),
    revokeGrants: operation(z.tuple([whose.optional()]), (of) => provider.revoke(of ?? {})),
    expireAccessTokens: operation(none, () => provider.expireAccessTokens()),
    stats: operation(none, () => bothStats(provider)),

    setTokenAnswer: quirk('tokenAnswer', z.tuple([z.enum(['minimal', 'full'])])),
    setGrantType: quirk('grantType', z.tuple([z.enum(['strict', 'lenient'])])),
    setSearchEnvelope: quirk('searchEnvelope', z.tuple([z.enum(['matched_chunks', 'data'])])),
    setAccountId: quirk('accountId', z.tuple([z.enum(['number', 'string'])])),
    setRefreshCookieRotation: quirk('refreshCookieRotation', onOff),
    setClockSkew: quirk('clockSkew', z.tuple([z.number()])),
    setRefreshRotation: operation(onOff, (on): void => {
      provider.settings.refreshRotation = on;
    }),
    setGrantedScope: operation(z.tuple([z.string().nullable()]), (scope): void => {
      provider.settings.grantedScope = scope;
    }),
    setUser: operation(z.tuple([z.string(), userChanges]), (username, changes): void => {
      Object.assign(provider.users.named(username), definedOnly(changes));
    }),

    connections: operation(none, () =>
      provider.connections.all().map(({ request: _, ...connection }) => connection),
    ),
    verificationCode: operation(
      z.tuple([z.string()]),
      (email) => provider.mailbox.codeOf(email.toLowerCase(), provider.now()) ?? null,
    ),
  };
}

/** Count OAuth grants and sessions of the account API together. */
function bothStats(provider: RememberizerProvider): Stats<Endpoint> {
  const { traffic, grants, cookieGrants } = provider;
  const [oauth, cookies] = [
    readStats({ traffic, grants }),
    readStats({ traffic, grants: cookieGrants }),
  ];
  return {
    calls: oauth.calls,
    grants: [...oauth.grants, ...cookies.grants],
    refreshReuses: oauth.refreshReuses + cookies.refreshReuses,
    codeReuses: oauth.codeReuses,
    maxConcurrentRefreshesPerGrant: Math.max(
      oauth.maxConcurrentRefreshesPerGrant,
      cookies.maxConcurrentRefreshesPerGrant,
    ),
    liveGrants: oauth.liveGrants + cookies.liveGrants,
  };
}
