import { z } from 'zod';
import {
  commonOperations,
  knob,
  none,
  seconds,
  userOperations,
} from '../../control/common-operations.ts';
import { operation } from '../../control/operation.ts';
import type { Stats } from '../../control/stats.ts';
import type { AfdianProvider } from './afdian-provider.ts';
import { AppForm } from './app-form.ts';
import type { AfdianEndpoint } from './endpoints.ts';

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
  const settings = () => provider.settings;
  return {
    ...commonOperations(provider),
    ...userOperations(provider.users, userChanges),

    setLifetimes: operation(z.tuple([z.strictObject({ code: seconds })]), ({ code }): void => {
      provider.settings.codeLifetime = code;
    }),
    setNameAndAvatar: knob(settings, 'nameAndAvatar', z.boolean()),
    setLenientAuthorize: knob(settings, 'lenientAuthorize', z.boolean()),

    registerApp: operation(z.tuple([appRequest]), ({ redirectUri, ...request }) => {
      const trustedDomain = request.trustedDomain ?? new URL(redirectUri).hostname;
      return provider.apps.register({ ...request, trustedDomain }, provider.now());
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
