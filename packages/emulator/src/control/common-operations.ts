import { z } from 'zod';
import { type AppRequest, isRegistrableRedirectUri } from '../provider/apps.ts';
import { FAULT_KINDS, type Faults } from '../provider/faults.ts';
import type { SecretLedger } from '../provider/secret-ledger.ts';
import type { Lifetimes } from '../provider/settings.ts';
import type { Traffic } from '../provider/traffic.ts';
import { definedOnly } from './defined-only.ts';
import { operation } from './operation.ts';

/** A span of time in seconds. */
export const seconds = z.number().nonnegative();

/** No arguments. */
export const none = z.tuple([]);

/** What every app is registered with; a persona extends it. */
export const APP_REQUEST = z.strictObject({
  name: z.string().min(1),
  description: z.string().optional(),
  redirectUri: z.string().refine(isRegistrableRedirectUri, 'https, or http on loopback'),
});

/** `addFault`, `clearFaults`. */
export function faultOperations<Name extends string>(
  faults: Faults<Name>,
  endpoints: readonly Name[],
) {
  const fault = z.strictObject({
    endpoint: z.enum(endpoints),
    kind: z.enum(FAULT_KINDS),
    status: z.int().min(200).max(599).optional(),
    ms: z.number().nonnegative().optional(),
    retryAfter: seconds.optional(),
    times: z.int().positive().optional(),
  });
  return {
    addFault: operation(z.tuple([fault]), (one) => faults.add({ ...one, endpoint: one.endpoint })),
    clearFaults: operation(none, () => faults.clear()),
  };
}

/** `requests`, `issuedSecrets`. */
export function trafficOperations<Name extends string>(
  traffic: Traffic<Name>,
  ledger: SecretLedger,
) {
  return {
    requests: operation(none, () => traffic.requests()),
    issuedSecrets: operation(none, () => ledger.all()),
  };
}

/** `setLifetimes`. */
export function lifetimeOperations(lifetimes: () => Lifetimes) {
  const changes = z.strictObject({
    accessToken: seconds.optional(),
    refreshToken: seconds.optional(),
    code: seconds.optional(),
  });
  return {
    setLifetimes: operation(z.tuple([changes]), (changed): void => {
      Object.assign(lifetimes(), definedOnly(changed));
    }),
  };
}

interface Revocable {
  revoke(of: { username?: string | undefined; clientId?: string | undefined }): void;
  expireAccessTokens(): void;
}

/** `revokeGrants`, `expireAccessTokens`. */
export function grantOperations(grants: Revocable) {
  const whose = z.strictObject({
    username: z.string().optional(),
    clientId: z.string().optional(),
  });
  return {
    revokeGrants: operation(z.tuple([whose.optional()]), (of) => grants.revoke(of ?? {})),
    expireAccessTokens: operation(none, () => grants.expireAccessTokens()),
  };
}

/** `registerApp`, for a persona whose apps have a name, a description and one redirect URI. */
export function appOperations<App>(register: (request: AppRequest) => App) {
  return { registerApp: operation(z.tuple([APP_REQUEST]), (request) => register(request)) };
}
