import { z } from 'zod';
import { isRegistrableRedirectUri } from '../provider/apps.ts';
import { FAULT_KINDS } from '../provider/faults.ts';
import type { PersonaState } from '../provider/persona-state.ts';
import type { Lifetimes } from '../provider/settings.ts';
import type { DemoUser, Users } from '../provider/users.ts';
import type { Whose } from '../provider/whose.ts';
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

/** The lifetimes that `setLifetimes` changes; a persona extends it. */
export const LIFETIMES = z.strictObject({
  accessToken: seconds.optional(),
  refreshToken: seconds.optional(),
  code: seconds.optional(),
});

/** What every persona offers: `reset`, `addFault`, `clearFaults`, `requests`, `issuedSecrets`. */
export function commonOperations<Name extends string, User extends DemoUser, Settings>(
  persona: PersonaState<Name, User, Settings>,
) {
  const { faults, traffic, ledger, endpoints } = persona;
  const fault = z.strictObject({
    endpoint: z.enum(endpoints),
    kind: z.enum(FAULT_KINDS),
    status: z.int().min(200).max(599).optional(),
    ms: z.number().nonnegative().optional(),
    retryAfter: seconds.optional(),
    times: z.int().positive().optional(),
  });
  return {
    reset: operation(none, () => persona.reset()),
    addFault: operation(z.tuple([fault]), (one) => faults.add({ ...one, endpoint: one.endpoint })),
    clearFaults: operation(none, () => faults.clear()),
    requests: operation(none, () => traffic.requests()),
    issuedSecrets: operation(none, () => ledger.all()),
  };
}

/** `setLifetimes`, where they are the usual three. */
export function lifetimeOperations(lifetimes: () => Lifetimes) {
  return {
    setLifetimes: operation(z.tuple([LIFETIMES]), (changes): void => {
      Object.assign(lifetimes(), definedOnly(changes));
    }),
  };
}

/** `revokeGrants`, `expireAccessTokens`. */
export function grantOperations(grants: {
  revoke(whose: Whose): void;
  expireAccessTokens(): void;
}) {
  const whose = z.strictObject({
    username: z.string().optional(),
    clientId: z.string().optional(),
  });
  return {
    revokeGrants: operation(z.tuple([whose.optional()]), (of) => grants.revoke(of ?? {})),
    expireAccessTokens: operation(none, () => grants.expireAccessTokens()),
  };
}

/** `setUser`, for the fields that a persona lets tests change. */
export function userOperations<User extends DemoUser, Changes extends object>(
  users: Users<User>,
  changes: z.ZodType<Changes, Changes>,
) {
  return {
    setUser: operation(z.tuple([z.string(), changes]), (username, changed): void => {
      Object.assign(users.named(username), definedOnly(changed));
    }),
  };
}

/**
 * An operation that turns one knob.
 * @param knobs asked each time, for a reset replaces them
 */
export function knob<Knobs, Name extends keyof Knobs>(
  knobs: () => Knobs,
  name: Name,
  value: z.ZodType<Knobs[Name], Knobs[Name]>,
) {
  return operation(z.tuple([value]), (turned): void => {
    knobs()[name] = turned;
  });
}
