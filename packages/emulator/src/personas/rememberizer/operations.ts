import { z } from 'zod';
import {
  APP_REQUEST,
  commonOperations,
  grantOperations,
  knob,
  LIFETIMES,
  none,
  seconds,
  userOperations,
} from '../../control/common-operations.ts';
import { definedOnly } from '../../control/defined-only.ts';
import { operation } from '../../control/operation.ts';
import { readStats, type Stats } from '../../control/stats.ts';
import { appRequest, isLandingPage } from './app-form.ts';
import type { Endpoint } from './endpoints.ts';
import type { RememberizerProvider } from './rememberizer-provider.ts';

const { redirectUri } = APP_REQUEST.shape;

const app = APP_REQUEST.extend({
  landingPageUrl: z.string().refine(isLandingPage, 'https, or http on loopback').optional(),
  redirectUri: redirectUri.optional(),
  redirectUris: z.array(redirectUri).min(1).optional(),
}).transform((form, context) => {
  const request = appRequest(form);
  if (request !== undefined) return request;
  context.addIssue('redirectUri or redirectUris is needed');
  return z.NEVER;
});

const lifetimes = LIFETIMES.extend({
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

/** The operations of this persona: the common ones, and those of its own quirks. */
export function rememberizerOperations(provider: RememberizerProvider) {
  const settings = () => provider.settings;
  const quirks = () => provider.quirks;
  return {
    ...commonOperations(provider),
    ...grantOperations(provider),
    ...userOperations(provider.users, userChanges),
    registerApp: operation(z.tuple([app]), (request) => provider.apps.register(request)),
    setLifetimes: operation(z.tuple([lifetimes]), ({ code, accessToken, refreshToken, ...own }) => {
      const ofOAuth = definedOnly({ code, accessToken, refreshToken });
      Object.assign(provider.settings.lifetimes, ofOAuth);
      Object.assign(provider.quirks, definedOnly(own));
    }),
    stats: operation(none, () => bothStats(provider)),

    setTokenAnswer: knob(quirks, 'tokenAnswer', z.enum(['minimal', 'full'])),
    setGrantType: knob(quirks, 'grantType', z.enum(['strict', 'lenient'])),
    setSearchEnvelope: knob(quirks, 'searchEnvelope', z.enum(['matched_chunks', 'data'])),
    setAccountId: knob(quirks, 'accountId', z.enum(['number', 'string'])),
    setRefreshCookieRotation: knob(quirks, 'refreshCookieRotation', z.boolean()),
    setClockSkew: knob(quirks, 'clockSkew', z.number()),
    setRefreshRotation: knob(settings, 'refreshRotation', z.boolean()),
    setGrantedScope: knob(settings, 'grantedScope', z.string().nullable()),

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
