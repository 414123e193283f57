import { z } from 'zod';
import {
  APP_REQUEST,
  commonOperations,
  grantOperations,
  knob,
  lifetimeOperations,
  none,
} from '../../control/common-operations.ts';
import { definedOnly } from '../../control/defined-only.ts';
import { operation } from '../../control/operation.ts';
import { readStats } from '../../control/stats.ts';
import type { AihubmixProvider } from './aihubmix-provider.ts';
import { UNITS_PER_CREDIT } from './balance.ts';

const userChanges = z.strictObject({
  email: z.string().optional(),
  password: z.string().optional(),
  /** In credits, on top of what was used; sets the quota. */
  balance: z.number().optional(),
  quota: z.number().optional(),
  used_quota: z.number().optional(),
  status: z.int().optional(),
  developer: z.boolean().optional(),
});

/** The operations of this persona: the common ones, and those of its own quirks. */
export function aihubmixOperations(provider: AihubmixProvider) {
  const settings = () => provider.settings;
  return {
    ...commonOperations(provider),
    ...lifetimeOperations(() => provider.settings.lifetimes),
    ...grantOperations(provider.grants),
    registerApp: operation(z.tuple([APP_REQUEST]), (request) => provider.apps.register(request)),
    stats: operation(none, () => readStats(provider)),

    setRefreshRotation: knob(settings, 'refreshRotation', z.boolean()),
    setGrantedScope: knob(settings, 'grantedScope', z.string().nullable()),

    setUser: operation(z.tuple([z.string(), userChanges]), (username, { balance, ...changes }) => {
      const user = provider.users.named(username);
      Object.assign(user, definedOnly(changes));
      if (balance !== undefined) user.quota = user.used_quota + balance * UNITS_PER_CREDIT;
    }),
  };
}
