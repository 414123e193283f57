import type { Request, Response } from 'express';
import { bearerToken } from '../../provider/bearer-token.ts';
import type { DemoUser } from '../../provider/users.ts';
import type { AihubmixProvider } from './aihubmix-provider.ts';

/** Who an access token speaks for, and within which scope. */
export interface Bearer {
  user: DemoUser;
  scopes: string[];
}

/** Read the access token of a call; without a live one answer 401 (RFC 6750 section 3) and give undefined. */
export function requireBearer(
  provider: AihubmixProvider,
  req: Request,
  res: Response,
): Bearer | undefined {
  const token = bearerToken(req);
  const grant = token === undefined ? undefined : provider.grants.ofAccessToken(token);
  const user = provider.users.find(grant?.username ?? '');
  if (grant !== undefined && user !== undefined) return { user, scopes: grant.scope.split(' ') };
  const error = 'invalid_token';
  const error_description = 'the access token is missing, expired or revoked';
  const challenge =
    token === undefined
      ? 'Bearer'
      : `Bearer error="${error}", error_description="${error_description}"`;
  res.set('WWW-Authenticate', challenge).status(401).json({ error, error_description });
  return undefined;
}
