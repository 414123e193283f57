import type { RequestHandler } from 'express';
import { openAihubmixPage } from './aihubmix-page.ts';
import type { AihubmixProvider } from './aihubmix-provider.ts';
import { readAuthorizationRequest } from './authorization-request.ts';
import { sendConsent } from './consent.ts';
import { redirectWithCode, redirectWithError } from './redirect-back.ts';
import { refuseUntrusted } from './refuse-untrusted.ts';
import { signInPath } from './sign-in-path.ts';

/** `GET /api/oauth2/authorize`: sign-in where needed, then consent, or with `auto_authorize` the code at once. */
export function authorize(provider: AihubmixProvider): RequestHandler {
  return (req, res) => {
    const page = openAihubmixPage(provider, req, res);
    const request = readAuthorizationRequest(provider, req.query);
    if ('untrusted' in request) return refuseUntrusted(page, request);
    if ('error' in request) return redirectWithError(res, request);
    if (page.user === undefined) return res.redirect(signInPath(provider, req.originalUrl));
    if (request.auto) return redirectWithCode(provider, { res, request, user: page.user });
    sendConsent(page, request);
  };
}
