import type { Request, RequestHandler, Response } from 'express';
import { cookie } from '../../../pages/cookie.ts';
import { bearerToken } from '../../../provider/bearer-token.ts';
import type { Grant } from '../../../provider/grants.ts';
import type { Account } from '../account.ts';
import { accessOf } from '../connections.ts';
import { type Access, EVERYTHING, type Library } from '../knowledge/library.ts';
import type { RememberizerProvider } from '../rememberizer-provider.ts';
import { refuse } from './refuse.ts';

/** Who a call is made for, and what it may read. */
export interface Reader {
  user: Account;
  library: Library;
  access: Access;
  /** The app that calls; undefined where the user is signed in at the account API. */
  clientId: string | undefined;
}

type Answer = (reader: Reader, req: Request, res: Response) => void;

/**
 * Answer who has a live token: an OAuth client's, or the JWT of the account API, which may come as
 * its cookie too. Anybody else gets 401.
 */
export function forReader(provider: RememberizerProvider, answer: Answer): RequestHandler {
  return (req, res) => {
    res.set('Cache-Control', 'no-store');
    const token = bearerToken(req) ?? cookie(req, 'access_token');
    const reader = token === undefined ? undefined : readerOf(provider, token);
    if (reader !== undefined) return answer(reader, req, res);
    refuseToken(res, token);
  };
}

/** Answer 401, in different words for no token and for one that is not good. */
export function refuseToken(res: Response, token: string | undefined): void {
  const detail =
    token === undefined
      ? 'Authentication credentials were not provided.'
      : 'Given token not valid for any token type';
  refuse(res.set('WWW-Authenticate', 'Bearer realm="api"'), 401, detail);
}

function readerOf(provider: RememberizerProvider, token: string): Reader | undefined {
  const grant = provider.grants.ofAccessToken(token);
  if (grant === undefined) {
    const signedIn = provider.cookieGrants.ofAccessToken(token);
    return signedIn && describe(provider, signedIn, { access: EVERYTHING, clientId: undefined });
  }
  const { username, clientId } = grant;
  const access = accessOf(provider.connections.find(username, clientId));
  return describe(provider, grant, { access, clientId });
}

function describe(
  provider: RememberizerProvider,
  grant: Grant,
  as: Pick<Reader, 'access' | 'clientId'>,
): Reader | undefined {
  const user = provider.users.find(grant.username);
  return user && { user, library: provider.libraries.of(user.username), ...as };
}
