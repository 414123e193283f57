import type { RequestHandler } from 'express';
import { LoginError } from '../errors.ts';
import type { Log } from '../log.ts';
import type { Attempts } from '../login/attempt.ts';
import { authorizationResponse } from '../login/authorization-response.ts';
import { loginFailure } from '../login/login-failure.ts';
import { withLoginSuccess } from '../login/return-to.ts';
import { takeAttempt } from '../login/take-attempt.ts';
import { identityOf } from '../oauth/identity.ts';
import type { ProviderClient } from '../oauth/provider-request.ts';
import type { Providers } from '../oauth/providers.ts';
import { exchangeCode } from '../oauth/token-endpoint.ts';
import { queryOf } from '../query.ts';
import { redirect } from '../redirect.ts';
import type { Sessions } from '../session/session.ts';
import { giveBack } from '../tokens/give-back.ts';

export interface CallbackOptions {
  providers: Providers;
  attempts: Attempts;
  sessions: Sessions;
  client: ProviderClient;
  log: Log;
}

/** `GET /oauth/callback[/<id>]`: take the attempt, redeem the code, open a session. */
export function callback(options: CallbackOptions): RequestHandler {
  const { providers, attempts, sessions, client, log } = options;

  return async (req, res) => {
    const provider = providers.ofCallback(req.params.id);
    const response = authorizationResponse(queryOf(req));
    const attempt = await takeAttempt(attempts, { req, res, provider, response });
    const { code } = response.outcome();

    const answer = { ...attempt, code, iss: response.iss };
    const redeemed = await exchangeCode(provider, answer).catch(loginFailure);
    const identity = await identityOf(provider, redeemed, client).catch(loginFailure);
    const { tokens } = redeemed;
    const { replaces } = attempt;
    const began = attempts.taken(attempt);
    const login = { provider: provider.id, ...identity, tokens, replaces, began };
    const session = await sessions.open(req, login);
    if (session === 'ended') {
      if (tokens) void giveBack(provider, tokens, log);
      throw new LoginError('invalid_state', 'logged out meanwhile');
    }
    attempts.rebind(req, res, { taken: attempt, replaces: session.keys.hash });

    log.info({ event: 'login.succeeded', provider: provider.id, session: session.keys.hash });
    redirect(res, withLoginSuccess(attempt.returnTo));
  };
}
