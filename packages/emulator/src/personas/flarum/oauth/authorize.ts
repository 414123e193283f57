import { type RequestHandler, type Response, urlencoded } from 'express';
import type { Forum } from '../forum.ts';
import type { ForumUser } from '../forum-user.ts';
import { openForumPage } from '../pages/forum-page.ts';
import { sendProblem } from '../pages/problem-page.ts';
import { type AuthorizationRequest, readAuthorizationRequest } from './authorization-request.ts';
import { grantedLocation } from './granted-location.ts';
import { ACCESS_DENIED, NO_PERMISSION, withState } from './oauth-error.ts';
import { param } from './param.ts';
import { withQuery } from './redirect-uri.ts';

/** The body of the consent form. */
export const readConsentForm = urlencoded({ extended: false });

/**
 * `POST /oauth/authorize`: the consent page's form. Like the plugin, it asks for no CSRF token, and
 * answers with the redirect itself.
 */
export function authorize(forum: Forum): RequestHandler {
  return (req, res) => {
    const page = openForumPage(forum, req, res);
    const { user } = page;
    if (user === undefined)
      return sendProblem(page, { status: 401, ...page.wording.problems.guest });
    if (!forum.mayUseOauth(user)) {
      res.type('html').send(NO_PERMISSION);
      return;
    }
    const params = { ...req.body, ...req.query };
    const request = readAuthorizationRequest(forum, params);
    if ('untrusted' in request) {
      res.status(400).json(request.untrusted);
      return;
    }
    if ('misformed' in request) {
      const { misformed, redirectUri, state } = request;
      return goTo(res, withQuery(redirectUri, withState(misformed, state)));
    }
    const isAuthorized = param(req.body, 'is_authorized');
    goTo(res, decide(forum, { request, user, isAuthorized }));
  };
}

interface Decision {
  request: AuthorizationRequest;
  user: ForumUser;
  isAuthorized: string;
}

/** Say where the browser goes on to. */
function decide(forum: Forum, { request, user, isAuthorized }: Decision): string {
  const { denyMode } = forum.settings;
  if (countsAsYes(isAuthorized, denyMode)) return grantedLocation(forum, request, user);
  if (denyMode === 'silent') return `${forum.basePath}/oauth/undefined`;
  return withQuery(request.redirectUri, withState(ACCESS_DENIED, request.state));
}

/** Read the answer as PHP does, to whom the text "false" is true: that is how a Deny grants. */
function countsAsYes(isAuthorized: string, denyMode: string): boolean {
  const isTrueToPhp = isAuthorized !== '' && isAuthorized !== '0';
  return isTrueToPhp && (isAuthorized !== 'false' || denyMode === 'grant');
}

/** Redirect with an empty body, as the library does. */
function goTo(res: Response, location: string): void {
  res.status(302).location(location).end();
}
