import { z } from 'zod';
import {
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
import { readStats } from '../../control/stats.ts';
import { kindsOf } from './forgeries/kinds-of.ts';
import { forgeryOperations } from './forgeries/operations.ts';
import type { Issuer } from './issuer.ts';
import { LOGOUT_TOKEN_FORGERIES, NAMED_BY } from './logout-token.ts';
import { OIDC_APP_REQUEST } from './oidc-app.ts';
import { sendBackchannelLogout } from './send-backchannel-logout.ts';
import { REFRESH_TOKEN_POLICIES } from './settings.ts';

const lifetimes = LIFETIMES.extend({ idToken: seconds.optional() });

const userChanges = z.strictObject({
  email: z.string().optional(),
  emailVerified: z.boolean().optional(),
  password: z.string().optional(),
  /** Null: no name at all. */
  name: z.string().nullable().optional(),
  picture: z.boolean().optional(),
});

const logoutCall = z.strictObject({
  username: z.string(),
  by: z.enum(NAMED_BY),
  clientId: z.string().optional(),
  hostile: z.enum(kindsOf(LOGOUT_TOKEN_FORGERIES)).optional(),
});

/** The operations of this persona: the common ones, its policies, and what is hostile. */
export function oidcOperations(issuer: Issuer) {
  return {
    ...commonOperations(issuer),
    ...userOperations(issuer.users, userChanges),
    ...grantOperations({
      revoke: (of) => issuer.revokeGrants(of),
      expireAccessTokens: () => issuer.grants.expireAccessTokens(),
    }),
    ...settingOperations(issuer),
    ...forgeryOperations(issuer.forgeries),

    registerApp: operation(z.tuple([OIDC_APP_REQUEST]), (request) => issuer.apps.register(request)),
    stats: operation(none, () => readStats(issuer)),

    rotateKeys: operation(
      z.tuple([z.strictObject({ keepOld: z.boolean().default(true) }).default({ keepOld: true })]),
      async ({ keepOld }) => {
        const { kid } = await issuer.keys.rotate({ keepOld });
        issuer.rebuild();
        return { kid };
      },
    ),

    sendBackchannelLogout: operation(z.tuple([logoutCall]), (call) =>
      sendBackchannelLogout(issuer, call),
    ),
  };
}

function settingOperations(issuer: Issuer) {
  const settings = () => issuer.settings;
  return {
    setLifetimes: operation(z.tuple([lifetimes]), (changes): void => {
      Object.assign(issuer.settings.lifetimes, definedOnly(changes));
    }),
    setRefreshRotation: knob(settings, 'refreshRotation', z.boolean()),
    setRefreshTokens: knob(settings, 'refreshTokens', z.enum(REFRESH_TOKEN_POLICIES)),
    setPkceRequired: knob(settings, 'pkceRequired', z.boolean()),
    setLogoutConfirmation: knob(settings, 'logoutConfirmation', z.boolean()),
    setClockSkew: knob(settings, 'clockSkew', z.number()),
    setParRequired: operation(z.tuple([z.boolean()]), (on): void => {
      issuer.settings.parRequired = on;
      issuer.rebuild();
    }),
  };
}
