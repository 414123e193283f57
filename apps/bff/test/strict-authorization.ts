import { remember } from './canaries.ts';

/** What an authorization request said. */
export interface AskedFor {
  redirectUri: string;
  scope: string;
  state: string;
}

/**
 * Read an authorization request that must be at this address, have each of the five parameters once,
 * and no other.
 */
export function readAuthorization(
  location: string,
  expected: { endpoint: string; clientId: string; redirectUris: readonly string[] },
): AskedFor {
  const request = new URL(location);
  const names = [...request.searchParams.keys()].sort().join(' ');
  const ask = (name: string) => request.searchParams.get(name) ?? '';
  const insist = (holds: boolean, what: string) => {
    if (!holds) throw new Error(`${what}: ${location}`);
  };
  insist(location.split('?')[0] === expected.endpoint, 'not the authorization endpoint');
  insist(names === 'client_id redirect_uri response_type scope state', 'other parameters');
  insist(ask('client_id') === expected.clientId, 'wrong client_id');
  insist(ask('response_type') === 'code', 'wrong response_type');
  insist(expected.redirectUris.includes(ask('redirect_uri')), 'not registered');
  return {
    redirectUri: ask('redirect_uri'),
    scope: ask('scope'),
    state: remember('STATE', ask('state')),
  };
}

/** The path at which the browser comes back to the BFF. */
export function wayBack(redirectUri: string, parameters: Record<string, string>): string {
  const url = new URL(redirectUri);
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return url.pathname + url.search;
}
