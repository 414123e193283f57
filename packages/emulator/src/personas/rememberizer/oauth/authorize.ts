import type { RequestHandler } from 'express';
import { openRememberizerPage } from '../pages/rememberizer-page.ts';
import { signInPath } from '../pages/sign-in-path.ts';
import type { RememberizerProvider } from '../rememberizer-provider.ts';
import { readAuthorizationRequest } from './authorization-request.ts';
import { sendConsent } from './consent.ts';
import { redirectWithError } from './redirect-back.ts';
import { refuseUntrusted } from './refuse-untrusted.ts';

/** `GET /api/v1/auth/oauth2/authorize/`: sign-in where needed, then the choice of mementos. */
export function authorize(provider: RememberizerProvider): RequestHandler {
  return (req, res) => {
    const page = openRememberizerPage(provider, req, res);
    const request = readAuthorizationRequest(provider, req.query);
    if ('untrusted' in request) return refuseUntrusted(page, request);
    if ('error' in request) return redirectWithError(res, request);
    const { user } = page;
    if (user === undefined) return res.redirect(signInPath(provider, req.originalUrl));
    sendConsent({ ...page, user }, request);
  };
}
