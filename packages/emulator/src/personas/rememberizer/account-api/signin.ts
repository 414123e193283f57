import type { RequestHandler } from 'express';
import { z } from 'zod';
import { readBody, required } from '../api/read-body.ts';
import { refuse } from '../api/refuse.ts';
import { ACCOUNT_API, type RememberizerProvider } from '../rememberizer-provider.ts';
import { setAuthCookies } from './auth-cookies.ts';
import { captchaField } from './captcha-field.ts';

const REQUEST = z.object({ login: required(), password: required(), captcha: captchaField() });

/**
 * `POST /api/v1/auth/signin/`: 204 without a body, and the cookies. `login` is the mail address or
 * the user name. Who has not verified the address may sign in all the same: the code is sent with
 * the token that only a sign-in gives.
 */
export function signIn(provider: RememberizerProvider): RequestHandler {
  return (req, res) => {
    const request = readBody(REQUEST, req, res);
    if (request === undefined) return;
    const user = provider.signIn(request.login, request.password);
    if (user === undefined) {
      return refuse(res, 401, 'No active account found with the given credentials');
    }
    if (!user.emailVerified) provider.sendVerificationCode(user);
    const { username } = user;
    const tokens = provider.cookieGrants.issueTokens({
      clientId: ACCOUNT_API,
      username,
      scope: '',
    });
    setAuthCookies(provider, res, tokens);
    res.status(204).end();
  };
}
