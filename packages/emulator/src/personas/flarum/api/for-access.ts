import type { RequestHandler, Response } from 'express';
import type { Forum } from '../forum.ts';
import type { Scope } from '../scopes.ts';
import { sendJsonApiError } from './json-api-error.ts';
import { readResourceAccess } from './resource-access.ts';

/** Who calls the API, and within which scopes; a guest sent no token. */
export type Caller = { guest: true } | { username: string; scopes: Scope[] };

/**
 * Answer a call to the API. What the plugin refuses has HTTP 200 and the library's error; what it
 * breaks over has 500.
 */
export function forAccess(
  forum: Forum,
  show: (res: Response, caller: Caller) => void,
): RequestHandler {
  return (req, res) => {
    const access = readResourceAccess(forum, req);
    if ('broken' in access) sendJsonApiError(res, 500, 'unknown');
    else if ('refused' in access) res.json(access.refused);
    else show(res, access);
  };
}

/** Any other path of the API: a token breaks it, for there is no scope of that path. */
export function unknownApi(forum: Forum): RequestHandler {
  return forAccess(forum, (res) => sendJsonApiError(res, 404, 'not_found'));
}
