import type { Request } from 'express';
import type { Forum } from '../forum.ts';
import type { OAuthClient } from '../oauth-clients.ts';
import { type OAuthError, oauthError } from './oauth-error.ts';
import { param } from './param.ts';

/**
 * Find out which client asks: HTTP Basic, or else the body. A client without a secret is public,
 * and needs none, unless the grant type is about the client itself.
 */
export function authenticateClient(
  forum: Forum,
  req: Request,
  { mayBePublic }: { mayBePublic: boolean },
): OAuthClient | OAuthError {
  const { clientId, clientSecret } = basicCredentials(req) ?? bodyCredentials(req);
  if (clientId === '') {
    return invalidClient('Client credentials were not found in the headers or body');
  }
  if (clientSecret !== '') {
    const client = forum.apps.authenticate(clientId, clientSecret);
    return client ?? invalidClient('The client credentials are invalid');
  }
  if (!mayBePublic) return invalidClient('client credentials are required');
  const client = forum.apps.find(clientId);
  if (client?.clientSecret === '') return client;
  return invalidClient('This client is invalid or must authenticate using a client secret');
}

interface Credentials {
  clientId: string;
  clientSecret: string;
}

function basicCredentials(req: Request): Credentials | undefined {
  const encoded = /^Basic +(\S+)$/i.exec(req.headers.authorization ?? '')?.[1];
  const pair = /^([^:]*):(.*)$/s.exec(Buffer.from(encoded ?? '', 'base64').toString());
  return pair === null ? undefined : { clientId: pair[1] ?? '', clientSecret: pair[2] ?? '' };
}

function bodyCredentials({ body }: Request): Credentials {
  return { clientId: param(body, 'client_id'), clientSecret: param(body, 'client_secret') };
}

function invalidClient(description: string): OAuthError {
  return oauthError('invalid_client', description);
}
