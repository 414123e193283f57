import type { RequestHandler } from 'express';
import { showSignedIn } from '../../pages/sign-in-flow.ts';
import { redirectWith } from '../../provider/redirect-with.ts';
import { openAfdianPage, type SignedInPage } from './afdian-page.ts';
import type { AfdianProvider } from './afdian-provider.ts';
import { type AuthorizationRequest, readAuthorizationRequest } from './authorization-request.ts';
import { sendConsent, sendRefused } from './consent.ts';
import { sendRequestMistake } from './problem-page.ts';

/** `GET /oauth2/authorize`: sign-in where needed, then the question, every time. */
export function authorize(provider: AfdianProvider): RequestHandler {
  return forRequest(provider, (page, request) => sendConsent(page, request));
}

/**
 * `POST /oauth2/authorize`: the answer of the page, which keeps the request in its address. Who
 * refuses stays here: the app is never told.
 */
export function decide(provider: AfdianProvider): RequestHandler {
  return forRequest(provider, (page, request) => {
    const { req, res, user } = page;
    if (req.body.decision !== 'agree') return sendRefused(page, request);
    const { redirectUri, app, state } = request;
    const { username } = user;
    const code = provider.codes.issue({ clientId: app.clientId, username, redirectUri });
    redirectWith(res, redirectUri, { code, state });
  });
}

function forRequest(
  provider: AfdianProvider,
  show: (page: SignedInPage, request: AuthorizationRequest) => void,
): RequestHandler {
  return (req, res) => {
    const page = openAfdianPage(provider, req, res);
    const request = readAuthorizationRequest(provider, req.query);
    if ('mistake' in request) return sendRequestMistake(page, request.mistake);
    showSignedIn(page, (signedIn) => show(signedIn, request));
  };
}
