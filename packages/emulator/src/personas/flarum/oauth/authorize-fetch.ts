import { json, type RequestHandler } from 'express';
import { sameSecret } from '../../../provider/same-secret.ts';
import { sendJsonApiError } from '../api/json-api-error.ts';
import type { Forum } from '../forum.ts';
import type { ForumUser } from '../forum-user.ts';
import { readAuthorizationRequest } from './authorization-request.ts';
import { grantedLocation } from './granted-location.ts';
import {
  ACCESS_DENIED,
  NO_PERMISSION,
  type OAuthError,
  oauthError,
  withState,
} from './oauth-error.ts';

/** The body of the consent page's call. */
export const readConsentCall = json();

/**
 * `POST /oauth/authorize/fetch`: the consent page's script. HTTP 200 for every outcome; only a yes
 * has a `location` in it, so after a no the script goes nowhere and the client never hears of it.
 */
export function authorizeFetch(forum: Forum): RequestHandler {
  return (req, res) => {
    const { csrf, username } = forum.sessions.open(req, res);
    if (!sameSecret(req.get('x-csrf-token') ?? '', csrf)) {
      return sendJsonApiError(res, 400, 'csrf_token_mismatch');
    }
    const user = forum.users.find(username ?? '');
    if (user === undefined) return sendJsonApiError(res, 401, 'not_authenticated');
    if (!forum.mayUseOauth(user)) {
      res.json(oauthError('no_permission', NO_PERMISSION));
      return;
    }
    res.json(answer(forum, user, req.body ?? {}));
  };
}

function answer(
  forum: Forum,
  user: ForumUser,
  body: Record<string, unknown>,
): OAuthError | { location: string } {
  const request = readAuthorizationRequest(forum, body);
  if ('untrusted' in request) return request.untrusted;
  if ('misformed' in request) return withState(request.misformed, request.state);
  const isAuthorized = Boolean(body.is_authorized) && body.is_authorized !== '0';
  if (!isAuthorized) return withState(ACCESS_DENIED, request.state);
  return { location: grantedLocation(forum, request, user) };
}
