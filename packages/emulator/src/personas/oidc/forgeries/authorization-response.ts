import { ATTACKER } from './attacker.ts';

type Forge = (params: URLSearchParams) => void;

/** Each way in which the answer to the browser can be wrong (RFC 6749 section 4.1.2, RFC 9207). */
export const AUTHORIZATION_FORGERIES = {
  'no-iss': (params) => params.delete('iss'),
  'wrong-iss': (params) => params.set('iss', ATTACKER),
  'iss-twice': (params) => params.append('iss', ATTACKER),
  'no-state': (params) => params.delete('state'),
  'wrong-state': (params) => params.set('state', 'the-state-of-another-login'),
} satisfies Record<string, Forge>;

export type AuthorizationForgery = keyof typeof AUTHORIZATION_FORGERIES;

/** Forge the redirect that carries the answer. */
export function forgeAuthorizationResponse(
  location: string,
  kinds: readonly AuthorizationForgery[],
): string {
  const url = new URL(location);
  for (const kind of kinds) AUTHORIZATION_FORGERIES[kind](url.searchParams);
  return url.href;
}
