import type { ErrorRequestHandler, RequestHandler, Response } from 'express';
import type { CodeRefusal } from './afdian-codes.ts';
import type { AfdianProvider } from './afdian-provider.ts';
import type { AfdianUser } from './afdian-user.ts';
import { avatarUrl } from './avatar.ts';
import { fail, succeed } from './envelope.ts';

const NEEDED = ['grant_type', 'client_id', 'client_secret', 'code', 'redirect_uri'] as const;

type Form = Record<(typeof NEEDED)[number], string>;

/**
 * `POST /api/oauth2/access_token`: a form, all of it required. There is no access token in the
 * answer, whatever the name says: it tells who the user is, with HTTP 200 for every outcome.
 */
export function accessToken(provider: AfdianProvider): RequestHandler {
  return (req, res) => {
    const form: Form = req.body ?? {};
    if (typeof form.grant_type === 'string' && form.grant_type !== 'authorization_code') {
      return fail(res, 'grantType', 'grant_type must be authorization_code');
    }
    const missing = NEEDED.find((name) => typeof form[name] !== 'string' || form[name] === '');
    if (missing !== undefined) return fail(res, 'incomplete', `${missing} is missing`);
    const { client_id: clientId, client_secret: clientSecret } = form;
    if (provider.apps.authenticate(clientId, clientSecret) === undefined) {
      return fail(res, 'client', 'unknown client, or not its secret');
    }
    const { code, redirect_uri: redirectUri } = form;
    const grant = provider.codes.redeem({ code, clientId, redirectUri });
    if ('refused' in grant) return refuse(res, grant.refused);
    const user = provider.users.find(grant.username);
    if (user === undefined) return fail(res, 'user', 'there is no such user');
    succeed(res, describe(provider, user));
  };
}

/** Answer a body that cannot be read in the envelope too. */
export const refuseUnreadable: ErrorRequestHandler = (_error, _req, res, _next) => {
  fail(res, 'incomplete', 'the body must be a form');
};

function refuse(res: Response, refused: CodeRefusal): void {
  fail(res, refused === 'another redirect_uri' ? 'redirectUri' : 'code', `code: ${refused}`);
}

function describe(provider: AfdianProvider, user: AfdianUser): object {
  const { name, userId: user_id, privateId: user_private_id } = user;
  const ids = { user_id, user_private_id };
  if (!provider.settings.nameAndAvatar) return ids;
  return { ...ids, name, avatar: avatarUrl(provider, user) };
}
