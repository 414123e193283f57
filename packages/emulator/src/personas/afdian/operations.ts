import { z } from 'zod';
import {
  faultOperations,
  none,
  seconds,
  trafficOperations,
} from '../../control/common-operations.ts';
import { definedOnly } from '../../control/defined-only.ts';
import { operation } from '../../control/operation.ts';
import type { Stats } from '../../control/stats.ts';
import type { AfdianProvider } from './afdian-provider.ts';
import { AppForm } from './app-form.ts';
import { type AfdianEndpoint, ENDPOINTS } from './endpoints.ts';

const appRequest = AppForm.partial({ trustedDomain: true }).extend({
  /** Trusts its host where `trustedDomain` is absent. */
  redirectUri: z.url({ protocol: /^https?$/ }),
  description: z.string().optional(),
});

const userChanges = z.strictObject({
  name: z.string().optional(),
  avatar: z.string().optional(),
  password: z.string().optional(),
  developer: z.boolean().optional(),
});

/** What a test may ask of this persona: the common operations as far as they mean anything here, and its quirks. */
export function afdianOperations(provider: AfdianProvider) {
  return {
    reset: operation(none, () => provider.reset()),
    ...faultOperations(provider.faults, ENDPOINTS),
    ...trafficOperations(provider.traffic, provider.ledger),

    setLifetimes: operation(z.tuple([z.strictObject({ code: seconds })]), ({ code }): void => {
      provider.settings.codeLifetime = code;
    }),

    setNameAndAvatar: operation(z.tuple([z.boolean()]), (on): void => {
      provider.settings.nameAndAvatar = on;
    }),

    setLenientAuthorize: operation(z.tuple([z.boolean()]), (on): void => {
      provider.settings.lenientAuthorize = on;
    }),

    registerApp: operation(z.tuple([appRequest]), ({ redirectUri, ...request }) => {
      const trustedDomain = request.trustedDomain ?? new URL(redirectUri).hostname;
      return provider.registerApp({ ...request, trustedDomain });
    }),

    setUser: operation(z.tuple([z.string(), userChanges]), (username, changes): void => {
      Object.assign(provider.users.named(username), definedOnly(changes));
    }),

    stats: operation(none, () => readStats(provider)),
  };
}

/** Read the counters in the shape that all personas have; what comes of tokens is zero. */
function readStats({ codes, traffic }: AfdianProvider): Stats<AfdianEndpoint> {
  const tokenless = { scope: 'basic', revoked: false, refreshes: 0, maxConcurrentRefreshes: 0 };
  return {
    calls: traffic.counts(),
    grants: codes.grants().map((grant) => ({ ...grant, ...tokenless })),
    refreshReuses: 0,
    codeReuses: codes.reuses,
    maxConcurrentRefreshesPerGrant: 0,
    liveGrants: 0,
  };
}
