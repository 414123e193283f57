import { z } from 'zod';
import {
  faultOperations,
  grantOperations,
  lifetimeOperations,
  none,
  trafficOperations,
} from '../../control/common-operations.ts';
import { definedOnly } from '../../control/defined-only.ts';
import { operation } from '../../control/operation.ts';
import { readStats } from '../../control/stats.ts';
import { ClientForm } from './client-form.ts';
import { ENDPOINTS } from './endpoints.ts';
import type { Forum } from './forum.ts';
import { DENY_MODES } from './forum-settings.ts';
import { ScopeForm } from './scope-form.ts';

const appRequest = ClientForm.strict().extend({
  /** Drawn at random where it is absent; empty makes a public client. */
  clientSecret: z.string().optional(),
});

const pluginSettings = z.strictObject({
  allowImplicit: z.boolean().optional(),
  enforceState: z.boolean().optional(),
  requireExactRedirectUri: z.boolean().optional(),
  authorizationMethodFetch: z.boolean().optional(),
  useOauth: z.enum(['members', 'administrators']).optional(),
});

const userChanges = z.strictObject({
  email: z.string().optional(),
  password: z.string().optional(),
  nickname: z.string().nullable().optional(),
  avatar: z.string().nullable().optional(),
  emailConfirmed: z.boolean().optional(),
  lastSeenAt: z.number().nullable().optional(),
  discussionCount: z.int().optional(),
  commentCount: z.int().optional(),
  deleted: z.boolean().optional(),
  developer: z.boolean().optional(),
});

const scopeChanges = ScopeForm.omit({ scope: true }).partial().strict();

/** What a test may ask of this persona: the common operations, and its quirks. */
export function flarumOperations(forum: Forum) {
  return {
    reset: operation(none, () => forum.reset()),
    ...lifetimeOperations(() => forum.settings.lifetimes),
    ...faultOperations(forum.faults, ENDPOINTS),
    ...grantOperations(forum.tokens),
    ...trafficOperations(forum.traffic, forum.ledger),
    stats: operation(none, () => readStats({ grants: forum.tokens, traffic: forum.traffic })),

    registerApp: operation(z.tuple([appRequest]), ({ clientSecret, ...request }) =>
      forum.addClient(request, clientSecret),
    ),

    setPluginSettings: operation(z.tuple([pluginSettings]), (changes): void => {
      Object.assign(forum.settings, definedOnly(changes));
    }),

    setDenyMode: operation(z.tuple([z.enum(DENY_MODES)]), (mode): void => {
      forum.settings.denyMode = mode;
    }),

    setExpiresInAs: operation(z.tuple([z.enum(['string', 'number'])]), (type): void => {
      forum.settings.expiresInAs = type;
    }),

    setNicknames: operation(z.tuple([z.boolean()]), (on): void => {
      forum.settings.nicknames = on;
    }),

    setDisplayErrors: operation(z.tuple([z.boolean()]), (on): void => {
      forum.settings.displayErrors = on;
    }),

    setScope: operation(z.tuple([z.string(), scopeChanges]), (scope, changes): void => {
      const row = forum.scopes.find(scope) ?? { ...forum.scopes.initial, scope, isDefault: false };
      forum.scopes.put({ ...row, ...definedOnly(changes) });
    }),

    removeScope: operation(z.tuple([z.string()]), (scope): void => forum.scopes.remove(scope)),

    setUser: operation(z.tuple([z.string(), userChanges]), (username, changes): void => {
      Object.assign(forum.users.named(username), definedOnly(changes));
    }),
  };
}
