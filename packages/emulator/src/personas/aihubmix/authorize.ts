import type { RequestHandler } from 'express';
import { showSignedIn } from '../../pages/sign-in-flow.ts';
import { refuseUntrusted } from '../../pages/untrusted-request.ts';
import { redirectWithError } from '../../provider/code-request.ts';
import { redirectWith } from '../../provider/redirect-with.ts';
import { openAihubmixPage, type SignedInPage } from './aihubmix-page.ts';
import type { AihubmixProvider } from './aihubmix-provider.ts';
import { type AuthorizationRequest, readAuthorizationRequest } from './authorization-request.ts';
import { sendConsent } from './consent.ts';
import { sendProblem } from './problem-page.ts';
import { grantedScope } from './scopes.ts';

/** `GET /api/oauth2/authorize`: sign-in where needed, then consent, or with `auto_authorize` the code at once. */
export function authorize(provider: AihubmixProvider): RequestHandler {
  return forRequest(provider, (page, request) => {
    if (request.auto) redirectWithCode(page, request);
    else sendConsent(page, request);
  });
}

/** `POST /api/oauth2/authorize`: the answer of the consent page, which keeps the request in its address. */
export function decide(provider: AihubmixProvider): RequestHandler {
  return forRequest(provider, (page, request) => {
    const { app, state } = request;
    if (page.req.body.decision === 'allow') redirectWithCode(page, request);
    else redirectWith(page.res, app.redirectUri, { error: 'access_denied', state });
  });
}

function forRequest(
  provider: AihubmixProvider,
  show: (page: SignedInPage, request: AuthorizationRequest) => void,
): RequestHandler {
  return (req, res) => {
    const page = openAihubmixPage(provider, req, res);
    const request = readAuthorizationRequest(provider, req.query);
    if ('untrusted' in request) return refuseUntrusted(page, request, sendProblem);
    if ('error' in request) return redirectWithError(res, request);
    showSignedIn(page, (signedIn) => show(signedIn, request));
  };
}

function redirectWithCode(
  { provider, res, user }: SignedInPage,
  { app, scopes, state }: AuthorizationRequest,
): void {
  const { clientId, redirectUri } = app;
  const scope = grantedScope(scopes, provider.settings.grantedScope);
  const code = provider.grants.issueCode({
    clientId,
    username: user.username,
    scope,
    redirectUri,
  });
  redirectWith(res, redirectUri, { code, state });
}
