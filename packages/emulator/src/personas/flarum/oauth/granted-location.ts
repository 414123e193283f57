import type { Forum } from '../forum.ts';
import type { ForumUser } from '../forum-user.ts';
import type { AuthorizationRequest } from './authorization-request.ts';
import { withQuery } from './redirect-uri.ts';
import { issueTokens } from './token-answer.ts';

/**
 * Let a client in, and write it into the log: gives the address that the browser goes to, with a
 * code in its query, or of an implicit grant with the token in its fragment.
 */
export function grantedLocation(
  forum: Forum,
  request: AuthorizationRequest,
  { username }: ForumUser,
): string {
  const { client, redirectUri, responseType, scope, state } = request;
  const { clientId } = client;
  const grant = forum.tokens.open({ clientId, username, scope, redirectUri });
  forum.log.add({ username, clientId, at: forum.now() });
  const returned = state === '' ? {} : { state };
  if (responseType === 'code') {
    return withQuery(redirectUri, { code: forum.tokens.issueCode(grant), ...returned });
  }
  const tokens = issueTokens(forum, { grant, scope, refreshable: false });
  const fragment = { ...tokens, expires_in: String(tokens.expires_in), ...returned };
  return `${redirectUri}#${new URLSearchParams(fragment)}`;
}
