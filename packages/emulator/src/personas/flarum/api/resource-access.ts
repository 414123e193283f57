import type { Request } from 'express';
import type { Forum } from '../forum.ts';
import { type OAuthError, oauthError } from '../oauth/oauth-error.ts';
import { param } from '../oauth/param.ts';
import type { Scope } from '../scopes.ts';
import { words } from '../words.ts';

/** What a call to the API may do: nobody sent a token, it is refused, it fits, or the plugin breaks over it. */
export type ResourceAccess =
  | { guest: true }
  | { refused: OAuthError }
  | { broken: true }
  | { username: string; scopes: Scope[] };

const PREFIX = 'Bearer ';

/** Check a call against the scope table as the plugin does before any API route. */
export function readResourceAccess(forum: Forum, req: Request): ResourceAccess {
  const header = req.headers.authorization ?? '';
  // The prefix is case-sensitive: with another one there is no token, and nobody complains.
  const inHeader = header.startsWith(PREFIX);
  if (!inHeader && param(req.query, 'access_token') === '') return { guest: true };
  const rows = forum.scopes
    .ofPath(req.baseUrl + req.path)
    .filter((row) => row.method.toUpperCase() === req.method);
  // Nothing was checked, so the library has no response that could be sent.
  if (rows.length === 0) return { broken: true };
  return checkToken(forum, { header, inQuery: req.query.access_token, rows });
}

function checkToken(
  forum: Forum,
  { header, inQuery, rows }: { header: string; inQuery: unknown; rows: Scope[] },
): ResourceAccess {
  if (header !== '' && inQuery !== undefined) {
    const description =
      'Only one method may be used to authenticate at a time (Auth header, GET or POST)';
    return { refused: oauthError('invalid_request', description) };
  }
  const value = header === '' ? String(inQuery) : /Bearer\s(\S+)/.exec(header)?.[1];
  if (value === undefined) {
    return { refused: oauthError('invalid_request', 'Malformed auth header') };
  }
  const token = forum.tokens.accessToken(value);
  if (token === undefined) return invalidToken('The access token provided is invalid');
  if (forum.tokens.hasExpired(token)) return invalidToken('The access token provided has expired');
  const has = words(token.scope);
  const scopes = rows.filter((row) => has.includes(row.scope));
  if (scopes.length > 0) return { username: token.grant.username, scopes };
  const description = 'The request requires higher privileges than provided by the access token';
  return { refused: oauthError('insufficient_scope', description) };
}

function invalidToken(description: string): ResourceAccess {
  return { refused: oauthError('invalid_token', description) };
}
