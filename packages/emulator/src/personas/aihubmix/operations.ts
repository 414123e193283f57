import { z } from 'zod';
import { isRegistrableRedirectUri } from '../provider/apps.ts';
import { ENDPOINTS, FAULT_KINDS } from '../provider/faults.ts';
import type { Provider } from '../provider/provider.ts';
import { UNITS_PER_CREDIT } from '../provider/users.ts';
import { readStats } from './stats.ts';

interface Operation<Args extends z.ZodTuple, Result> {
  args: Args;
  run: (provider: Provider, ...args: z.output<Args>) => Result;
}

function operation<Args extends z.ZodTuple, Result>(
  args: Args,
  run: (provider: Provider, ...args: z.output<Args>) => Result,
): Operation<Args, Result> {
  return { args, run };
}

const seconds = z.number().nonnegative();
const none = z.tuple([]);

/**
 * Every control operation, once: its arguments and what it does. The object `control` and the
 * HTTP API are both made from this table.
 */
export const OPERATIONS = {
  reset: operation(none, (provider) => provider.reset()),

  setLifetimes: operation(
    z.tuple([
      z.strictObject({
        accessToken: seconds.optional(),
        refreshToken: seconds.optional(),
        code: seconds.optional(),
      }),
    ]),
    (provider, lifetimes) => {
      Object.assign(provider.settings.lifetimes, definedOnly(lifetimes));
    },
  ),

  setRefreshRotation: operation(z.tuple([z.boolean()]), (provider, on) => {
    provider.settings.refreshRotation = on;
  }),

  setGrantedScope: operation(z.tuple([z.string().nullable()]), (provider, scope) => {
    provider.settings.grantedScope = scope;
  }),

  addFault: operation(
    z.tuple([
      z.strictObject({
        endpoint: z.enum(ENDPOINTS),
        kind: z.enum(FAULT_KINDS),
        status: z.int().min(200).max(599).optional(),
        ms: z.number().nonnegative().optional(),
        retryAfter: seconds.optional(),
        times: z.int().positive().optional(),
      }),
    ]),
    (provider, fault) => provider.faults.add(fault),
  ),

  clearFaults: operation(none, (provider) => provider.faults.clear()),

  revokeGrants: operation(
    z.tuple([
      z
        .strictObject({ username: z.string().optional(), clientId: z.string().optional() })
        .optional(),
    ]),
    (provider, of) => provider.grants.revoke(of ?? {}),
  ),

  expireAccessTokens: operation(none, (provider) => provider.grants.expireAccessTokens()),

  registerApp: operation(
    z.tuple([
      z.strictObject({
        name: z.string().min(1),
        description: z.string().optional(),
        redirectUri: z.string().refine(isRegistrableRedirectUri, 'https, or http on loopback'),
      }),
    ]),
    (provider, request) => provider.registerApp(request),
  ),

  setUser: operation(
    z.tuple([
      z.string(),
      z.strictObject({
        email: z.string().optional(),
        password: z.string().optional(),
        /** In credits, on top of what was used; sets the quota. */
        balance: z.number().optional(),
        quota: z.number().optional(),
        used_quota: z.number().optional(),
        status: z.int().optional(),
        developer: z.boolean().optional(),
      }),
    ]),
    (provider, username, { balance, ...changes }) => {
      const user = provider.users.find(username);
      if (user === undefined) throw new UnknownUser(username);
      Object.assign(user, definedOnly(changes));
      if (balance !== undefined) user.quota = user.used_quota + balance * UNITS_PER_CREDIT;
    },
  ),

  stats: operation(none, readStats),
  requests: operation(none, (provider) => provider.traffic.requests()),
  issuedSecrets: operation(none, (provider) => provider.ledger.all()),
};

export type OperationName = keyof typeof OPERATIONS;

/** `setUser` was asked to change somebody who has no account. */
export class UnknownUser extends Error {
  constructor(username: string) {
    super(`there is no user ${username}`);
  }
}

function definedOnly(changes: object): object {
  return Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
}
