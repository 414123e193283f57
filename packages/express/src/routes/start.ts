import type { RequestHandler } from 'express';
import { LoginError } from '../errors.ts';
import type { Attempts } from '../login/attempt.ts';
import { localPath } from '../login/return-to.ts';
import type { SessionCookie } from '../middleware/session-cookie.ts';
import { attemptSecrets, authorizationUrl } from '../oauth/authorization-url.ts';
import type { Providers } from '../oauth/providers.ts';
import { queryOf } from '../query.ts';
import { redirect } from '../redirect.ts';
import { hashOfSession } from '../session/session-keys.ts';

/** `GET /auth/oauth/start`: bind an attempt to this browser and send it to the provider. */
export function start(options: {
  providers: Providers;
  attempts: Attempts;
  sessionCookie: SessionCookie;
}): RequestHandler {
  const { providers, attempts, sessionCookie } = options;

  return async (req, res) => {
    const query = queryOf(req);
    const provider = providers.chosen(query.getAll('provider'));
    if (provider === undefined) throw new LoginError('unknown_provider', 'start');
    const secrets = attemptSecrets(provider);
    // First: where the provider cannot be asked, or refuses, there is nothing to remember.
    const url = await authorizationUrl(provider, secrets);

    const replaces = hashOfSession(sessionCookie.claimedId(req));
    attempts.put(req, res, {
      provider: provider.id,
      returnTo: localPath(query.get('return_to')),
      ...secrets,
      ...(replaces !== undefined && { replaces }),
    });
    redirect(res, url);
  };
}
