import { z } from 'zod';
import {
  faultOperations,
  grantOperations,
  none,
  seconds,
  trafficOperations,
} from '../../control/common-operations.ts';
import { definedOnly } from '../../control/defined-only.ts';
import { operation } from '../../control/operation.ts';
import { readStats } from '../../control/stats.ts';
import { ENDPOINTS } from './endpoints.ts';
import { kindsOf } from './forgeries/kinds-of.ts';
import { forgeryOperations } from './forgeries/operations.ts';
import type { Issuer } from './issuer.ts';
import { LOGOUT_TOKEN_FORGERIES, NAMED_BY } from './logout-token.ts';
import { OIDC_APP_REQUEST } from './oidc-app.ts';
import { sendBackchannelLogout } from './send-backchannel-logout.ts';
import { REFRESH_TOKEN_POLICIES } from './settings.ts';

const lifetimes = z.strictObject({
  accessToken: seconds.optional(),
  refreshToken: seconds.optional(),
  idToken: seconds.optional(),
  code: seconds.optional(),
});

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
    reset: operation(none, () => issuer.reset()),
    ...faultOperations(issuer.faults, ENDPOINTS),
    ...grantOperations({
      revoke: (of) => issuer.revokeGrants(of),
      expireAccessTokens: () => issuer.grants.expireAccessTokens(),
    }),
    ...trafficOperations(issuer.traffic, issuer.ledger),
    ...settingOperations(issuer),
    ...forgeryOperations(issuer.forgeries),

    registerApp: operation(z.tuple([OIDC_APP_REQUEST]), (request) => issuer.registerApp(request)),
    stats: operation(none, () => readStats(issuer)),

    setUser: operation(z.tuple([z.string(), userChanges]), (username, changes): void => {
      Object.assign(issuer.users.named(username), definedOnly(changes));
    }),

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
  return {
    setLifetimes: operation(z.tuple([lifetimes]), (changes): void => {
      Object.assign(issuer.settings.lifetimes, definedOnly(changes));
    }),
    setRefreshRotation: operation(z.tuple([z.boolean()]), (on): void => {
      issuer.settings.refreshRotation = on;
    }),
    setRefreshTokens: operation(z.tuple([z.enum(REFRESH_TOKEN_POLICIES)]), (policy): void => {
      issuer.settings.refreshTokens = policy;
    }),
    setPkceRequired: operation(z.tuple([z.boolean()]), (on): void => {
      issuer.settings.pkceRequired = on;
    }),
    setParRequired: operation(z.tuple([z.boolean()]), (on): void => {
      issuer.settings.parRequired = on;
      issuer.rebuild();
    }),
    setLogoutConfirmation: operation(z.tuple([z.boolean()]), (on): void => {
      issuer.settings.logoutConfirmation = on;
    }),
    setClockSkew: operation(z.tuple([z.number()]), (ahead): void => {
      issuer.settings.clockSkew = ahead;
    }),
  };
}
