import { z } from 'zod';
import {
  commonOperations,
  grantOperations,
  knob,
  lifetimeOperations,
  none,
  userOperations,
} from '../../control/common-operations.ts';
import { definedOnly } from '../../control/defined-only.ts';
import { operation } from '../../control/operation.ts';
import { readStats } from '../../control/stats.ts';
import { ClientForm } from './client-form.ts';
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
  const settings = () => forum.settings;
  return {
    ...commonOperations(forum),
    ...lifetimeOperations(() => forum.settings.lifetimes),
    ...grantOperations(forum.tokens),
    ...userOperations(forum.users, userChanges),
    stats: operation(none, () => readStats({ grants: forum.tokens, traffic: forum.traffic })),

    registerApp: operation(z.tuple([appRequest]), ({ clientSecret, ...request }) =>
      forum.apps.add(request, clientSecret),
    ),

    setPluginSettings: operation(z.tuple([pluginSettings]), (changes): void => {
      Object.assign(forum.settings, definedOnly(changes));
    }),

    setDenyMode: knob(settings, 'denyMode', z.enum(DENY_MODES)),
    setExpiresInAs: knob(settings, 'expiresInAs', z.enum(['string', 'number'])),
    setNicknames: knob(settings, 'nicknames', z.boolean()),
    setDisplayErrors: knob(settings, 'displayErrors', z.boolean()),

    setScope: operation(z.tuple([z.string(), scopeChanges]), (scope, changes): void => {
      const row = forum.scopes.find(scope) ?? { ...forum.scopes.initial, scope, isDefault: false };
      forum.scopes.put({ ...row, ...definedOnly(changes) });
    }),

    removeScope: operation(z.tuple([z.string()]), (scope): void => forum.scopes.remove(scope)),
  };
}
