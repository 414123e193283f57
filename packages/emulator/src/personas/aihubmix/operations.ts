import { z } from 'zod';
import { definedOnly } from '../../control/defined-only.ts';
import { operation } from '../../control/operation.ts';
import { providerOperations } from '../../control/provider-operations.ts';
import { UNITS_PER_CREDIT } from '../../provider/users.ts';
import type { AihubmixProvider } from './aihubmix-provider.ts';

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
  return {
    ...providerOperations(provider),

    setRefreshRotation: operation(z.tuple([z.boolean()]), (on): void => {
      provider.settings.refreshRotation = on;
    }),

    setGrantedScope: operation(z.tuple([z.string().nullable()]), (scope): void => {
      provider.settings.grantedScope = scope;
    }),

    setUser: operation(z.tuple([z.string(), userChanges]), (username, { balance, ...changes }) => {
      const user = provider.users.named(username);
      Object.assign(user, definedOnly(changes));
      if (balance !== undefined) user.quota = user.used_quota + balance * UNITS_PER_CREDIT;
    }),
  };
}
