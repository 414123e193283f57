import type { OAuthClient } from '../oauth-clients.ts';
import { words } from '../words.ts';

/**
 * Say whether a redirect URI is one of a client's. Unless the forum wants it exact, a registered
 * one need only be its beginning, in whatever case: `https://app.example/cb` lets
 * `https://app.example/cb.evil.test/` through. Without any registered, all are.
 */
export function isRegistered(client: OAuthClient, uri: string, exact: boolean): boolean {
  const registered = words(client.redirectUri);
  if (registered.length === 0) return true;
  return registered.some((one) =>
    exact ? uri === one : uri.toLowerCase().startsWith(one.toLowerCase()),
  );
}

/** Add parameters to the query of an address, after what is there. */
export function withQuery(uri: string, params: Record<string, string>): string {
  const query = new URLSearchParams(params).toString();
  return uri + (uri.includes('?') ? '&' : '?') + query;
}
