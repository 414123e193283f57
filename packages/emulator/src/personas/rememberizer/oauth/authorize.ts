import type { RequestHandler } from 'express';
import { showSignedIn } from '../../../pages/sign-in-flow.ts';
import { refuseUntrusted } from '../../../pages/untrusted-request.ts';
import { redirectWithError } from '../../../provider/code-request.ts';
import { redirectWith } from '../../../provider/redirect-with.ts';
import { readChoice } from '../pages/memento-choice.ts';
import { sendProblem } from '../pages/problem-page.ts';
import { openRememberizerPage, type SignedInPage } from '../pages/rememberizer-page.ts';
import type { RememberizerProvider } from '../rememberizer-provider.ts';
import { type AuthorizationRequest, readAuthorizationRequest } from './authorization-request.ts';
import { sendConsent } from './consent.ts';
import { grantedScope } from './scope.ts';

/** `GET /api/v1/auth/oauth2/authorize/`: sign-in where needed, then the choice of mementos. */
export function authorize(provider: RememberizerProvider): RequestHandler {
  return forRequest(provider, (page, request) => sendConsent(page, request));
}

/**
 * `POST /api/v1/auth/oauth2/authorize/`: the answer of the consent page, which keeps the request in
 * its address. Whoever cancels goes to the app's landing page, without an error; the app waits.
 */
export function decide(provider: RememberizerProvider): RequestHandler {
  const { connections, libraries } = provider;
  return forRequest(provider, (page, request) => {
    const { req, res, user } = page;
    const { clientId, landingPageUrl } = request.app;
    const { username } = user;
    const asked = { username, clientId, since: provider.now(), request: req.originalUrl };
    if (req.body.decision !== 'allow') {
      connections.suspend(asked);
      return res.redirect(landingPageUrl);
    }
    const choice = readChoice(libraries.of(username), req.body);
    if (choice.mementos.length === 0) return sendConsent(page, request, 'nothing chosen');
    connections.connect({ ...asked, ...choice });
    redirectWithCode(page, request);
  });
}

function forRequest(
  provider: RememberizerProvider,
  show: (page: SignedInPage, request: AuthorizationRequest) => void,
): RequestHandler {
  return (req, res) => {
    const page = openRememberizerPage(provider, req, res);
    const request = readAuthorizationRequest(provider, req.query);
    if ('untrusted' in request) return refuseUntrusted(page, request, sendProblem);
    if ('error' in request) return redirectWithError(res, request);
    showSignedIn(page, (signedIn) => show(signedIn, request));
  };
}

function redirectWithCode(
  { provider, res, user }: SignedInPage,
  { app, redirectUri, scope, state }: AuthorizationRequest,
): void {
  const code = provider.grants.issueCode({
    clientId: app.clientId,
    username: user.username,
    scope: grantedScope(scope, provider.settings.grantedScope),
    redirectUri,
  });
  redirectWith(res, redirectUri, { code, state });
}
