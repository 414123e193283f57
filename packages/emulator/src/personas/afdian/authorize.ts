import type { Request, RequestHandler, Response } from 'express';
import { type AfdianPage, openAfdianPage } from './afdian-page.ts';
import type { AfdianProvider } from './afdian-provider.ts';
import {
  type AuthorizationRequest,
  callback,
  readAuthorizationRequest,
} from './authorization-request.ts';
import { sendConsent, sendRefused } from './consent.ts';
import { sendRequestMistake } from './problem-page.ts';
import { signInPath } from './sign-in-path.ts';

/** `GET /oauth2/authorize`: sign-in where needed, then the question, every time. */
export function authorize(provider: AfdianProvider): RequestHandler {
  return forRequest(provider, (page, request) => sendConsent(page, request));
}

/**
 * `POST /oauth2/authorize`: the answer of the page, which keeps the request in its address. Who
 * refuses stays here: the app is never told.
 */
export function decide(provider: AfdianProvider): RequestHandler {
  return forRequest(provider, (page, request, username) => {
    if (page.req.body.decision !== 'agree') return sendRefused(page, request);
    const { redirectUri, app } = request;
    const code = provider.codes.issue({ clientId: app.clientId, username, redirectUri });
    page.res.redirect(callback(request, code));
  });
}

type Show = (page: AfdianPage, request: AuthorizationRequest, username: string) => void;

function forRequest(provider: AfdianProvider, show: Show): RequestHandler {
  return (req: Request, res: Response) => {
    const page = openAfdianPage(provider, req, res);
    const request = readAuthorizationRequest(provider, req.query);
    if ('mistake' in request) return sendRequestMistake(page, request.mistake);
    if (page.user === undefined) return res.redirect(signInPath(provider, req.originalUrl));
    show(page, request, page.user.username);
  };
}
