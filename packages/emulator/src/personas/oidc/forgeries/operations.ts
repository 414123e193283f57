import { z } from 'zod';
import { none } from '../../../control/common-operations.ts';
import { operation } from '../../../control/operation.ts';
import { ATTACKER } from './attacker.ts';
import { AUTHORIZATION_FORGERIES } from './authorization-response.ts';
import { DISCOVERY_FORGERIES } from './discovery.ts';
import type { Forgeries, ForgeryList } from './forgeries.ts';
import { ID_TOKEN_FORGERIES } from './id-token.ts';
import { kindsOf } from './kinds-of.ts';
import { PUSHED_REQUEST_FORGERIES } from './pushed-request.ts';
import { USERINFO_FORGERIES } from './userinfo.ts';

const times = z.int().positive().optional();

/** What a test of a relying party may ask to be forged, each until cleared or as often as `times` says. */
export function forgeryOperations(forgeries: Forgeries) {
  return {
    forgeIdToken: forgery(forgeries.idToken, ID_TOKEN_FORGERIES),
    forgeRefreshedIdToken: forgery(forgeries.refreshedIdToken, ID_TOKEN_FORGERIES),
    forgeUserinfo: forgery(forgeries.userinfo, USERINFO_FORGERIES),
    forgeAuthorizationResponse: forgery(forgeries.authorizationResponse, AUTHORIZATION_FORGERIES),
    forgePushedRequest: forgery(forgeries.pushedRequest, PUSHED_REQUEST_FORGERIES),

    /** `origin` is where foreign endpoints are; default one that nobody has. */
    forgeDiscovery: operation(
      z.tuple([
        z.enum(kindsOf(DISCOVERY_FORGERIES)),
        z.strictObject({ times, origin: z.url().default(ATTACKER) }).default({ origin: ATTACKER }),
      ]),
      (kind, how) => forgeries.discovery.add({ kind, origin: how.origin }, how.times),
    ),

    clearForgeries: operation(none, () => forgeries.clear()),
  };
}

function forgery<Kind extends string>(list: ForgeryList<Kind>, table: Record<Kind, unknown>) {
  return operation(
    z.tuple([z.enum(kindsOf(table)), z.strictObject({ times }).default({})]),
    (kind, how): void => list.add(kind as Kind, how.times),
  );
}
