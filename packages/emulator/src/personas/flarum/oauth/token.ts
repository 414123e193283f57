import {
  type ErrorRequestHandler,
  json,
  type Request,
  type RequestHandler,
  urlencoded,
} from 'express';
import type { FlarumEndpoint } from '../endpoints.ts';
import type { Forum } from '../forum.ts';
import { mayUse, type OAuthClient } from '../oauth-clients.ts';
import { isWithin } from '../scopes.ts';
import { authenticateClient } from './client-authentication.ts';
import { type Found, GRANT_TYPES } from './grant-types.ts';
import { type OAuthError, oauthError } from './oauth-error.ts';
import { param } from './param.ts';
import { issueTokens, type TokenAnswer } from './token-answer.ts';

/**
 * `POST /oauth/token`: HTTP 200 for every outcome, for the plugin writes the library's body anew
 * and drops its status and headers.
 */
export function token(forum: Forum): RequestHandler {
  return (req, res) => {
    res.json(answer(forum, req));
  };
}

/** Read a form or JSON; what cannot be read is an empty request. */
export const readTokenRequest = [
  json(),
  urlencoded({ extended: false }),
  ((_error, req, _res, next) => {
    req.body = {};
    next();
  }) satisfies ErrorRequestHandler,
];

/** Tell the refresh grant apart before anything was checked: for counters and faults. */
export function tokenEndpoint({ body }: Request): FlarumEndpoint {
  return param(body, 'grant_type') === 'refresh_token' ? 'refresh' : 'token';
}

/** Watch how many refreshes of one grant are under way at once. */
export function watchRefreshes({ tokens, traffic }: Forum): RequestHandler {
  return (req, res, next) => {
    const grant = tokens.ofRefreshToken(param(req.body, 'refresh_token'));
    if (tokenEndpoint(req) === 'refresh' && grant) traffic.watchRefresh(grant.id, res);
    next();
  };
}

/** The checks of the library, in its order. */
function answer(forum: Forum, req: Request): TokenAnswer | OAuthError {
  const name = param(req.body, 'grant_type');
  if (name === '') {
    return oauthError('invalid_request', 'The grant type was not specified in the request');
  }
  const grantType = GRANT_TYPES.get(name);
  if (grantType === undefined) {
    return oauthError('unsupported_grant_type', `Grant type "${name}" not supported`);
  }
  const client = authenticateClient(forum, req, grantType);
  if ('error' in client) return client;
  const { clientId } = client;
  const found = grantType.find(forum, req.body);
  if ('error' in found) return found;
  if ((found.clientId ?? clientId) !== clientId) {
    return oauthError('invalid_grant', `${name} doesn't exist or is invalid for the client`);
  }
  if (!mayUse(client, name)) {
    return oauthError('unauthorized_client', 'The grant type is unauthorized for this client_id');
  }
  const scope = chooseScope(forum, { client, found, asked: param(req.body, 'scope') });
  if (typeof scope !== 'string') return scope;
  const grant = found.take({ clientId, scope });
  return issueTokens(forum, { grant, scope, refreshable: grantType.refreshable });
}

function chooseScope(
  forum: Forum,
  { client, found, asked }: { client: OAuthClient; found: Found; asked: string },
): string | OAuthError {
  if (asked === '') return found.scope || forum.scopes.default;
  if (found.scope)
    return within(asked, found.scope, 'The scope requested is invalid for this request');
  if (client.scope !== '') {
    return within(asked, client.scope, 'The scope requested is invalid for this client');
  }
  if (forum.scopes.exist(asked)) return asked;
  return oauthError('invalid_scope', 'An unsupported scope was requested');
}

function within(asked: string, available: string, refusal: string): string | OAuthError {
  return isWithin(asked, available) ? asked : oauthError('invalid_scope', refusal);
}
