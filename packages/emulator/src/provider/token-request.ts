import type { Request, Response } from 'express';
import type { App } from './apps.ts';
import type { Clients } from './clients.ts';
import type { GrantRefusal, Grants, TokenSet } from './grants.ts';

/** The fields of a form; of the right type once `mistakeIn` has found nothing. */
export type TokenForm = Record<string, string>;

/** One grant type: the fields without which it does nothing, and what comes of them. */
export interface Exchange {
  needs: readonly string[];
  take: (grants: Grants, form: TokenForm, clientId: string) => TokenSet | GrantRefusal;
}

/** The code grant (RFC 6749 section 4.1.3). */
export const authorizationCode: Exchange = {
  needs: ['code', 'redirect_uri'],
  take: (grants, { code = '', redirect_uri: redirectUri = '' }, clientId) =>
    grants.redeemCode({ code, clientId, redirectUri }),
};

type TokenError = 'invalid_request' | 'invalid_client' | 'invalid_grant' | 'unsupported_grant_type';

/** Say what is wrong with a token request before its fields mean anything. */
export function mistakeIn(req: Request): string | undefined {
  if (!req.is('application/x-www-form-urlencoded')) return 'the body must be a form';
  const twice = Object.entries(req.body ?? {}).find(([, value]) => Array.isArray(value));
  return twice && `${twice[0]} is given more than once`;
}

/** Find the client by the secret in the form: one that sends `Authorization` is not known here. */
export function clientOf(req: Request, apps: Clients<App>): App | undefined {
  if (req.headers.authorization !== undefined) return undefined;
  const { client_id, client_secret } = req.body;
  return apps.authenticate(String(client_id ?? ''), String(client_secret ?? ''));
}

/** Refuse a token request (RFC 6749 section 5.2). */
export function refuseToken(res: Response, error: TokenError, description: string): void {
  const status = error === 'invalid_client' ? 401 : 400;
  res.status(status).json({ error, error_description: description });
}
