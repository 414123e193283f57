import type { RequestHandler } from 'express';
import { z } from 'zod';
import { bearerToken } from '../../../provider/bearer-token.ts';
import { readBody, required } from '../api/read-body.ts';
import { refuseToken } from '../api/reader.ts';
import { refuseFields } from '../api/refuse.ts';
import type { RememberizerProvider } from '../rememberizer-provider.ts';

const REQUEST = z.object({ verification_code: required() });

/** `POST /api/v1/auth/verify-email/`: the code of the mail, with the JWT as a Bearer token; a cookie is not enough. */
export function verifyEmail(provider: RememberizerProvider): RequestHandler {
  return (req, res) => {
    const token = bearerToken(req);
    const grant = provider.cookieGrants.ofAccessToken(token ?? '');
    const user = provider.users.find(grant?.username ?? '');
    if (user === undefined) return refuseToken(res, token);
    const request = readBody(REQUEST, req, res);
    if (request === undefined) return;
    if (!provider.mailbox.isCodeOf(user.email, request.verification_code, provider.now())) {
      return refuseFields(res, { verification_code: ['This code is wrong or has expired.'] });
    }
    user.emailVerified = true;
    provider.mailbox.useCode(user.email);
    res.json({ detail: 'Email verified.', email: user.email, email_verified: true });
  };
}
