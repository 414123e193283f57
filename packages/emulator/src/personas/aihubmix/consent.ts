import type { RequestHandler } from 'express';
import { csrfField } from '../../pages/csrf-field.ts';
import { html } from '../../pages/html.ts';
import { type AihubmixPage, openAihubmixPage } from './aihubmix-page.ts';
import type { AihubmixProvider } from './aihubmix-provider.ts';
import { type AuthorizationRequest, readAuthorizationRequest } from './authorization-request.ts';
import { sendGate } from './layout.ts';
import { redirectWithCode, redirectWithDenial, redirectWithError } from './redirect-back.ts';
import { refuseUntrusted } from './refuse-untrusted.ts';
import { signInPath } from './sign-in-path.ts';

/** Ask the user: which app, what it will see, where the answer goes. */
export function sendConsent(page: AihubmixPage, request: AuthorizationRequest): void {
  const words = page.wording.consent;
  const { origin, host } = new URL(request.app.redirectUri);
  const body = html`
    <h1>${words.title(request.app.name)}</h1>
    <p class="lead">${words.lead}</p>
    <ul class="scopes">${request.scopes.map(
      (scope) =>
        html`<li><strong>${words.scopes[scope].name}</strong><span>${words.scopes[scope].detail}</span></li>`,
    )}</ul>
    <form method="post" action="${page.req.originalUrl}" class="choices">
      ${csrfField(page)}
      <button class="button primary" name="decision" value="allow">${words.allow}</button>
      <button class="button" name="decision" value="deny">${words.deny}</button>
    </form>
    <p class="hint">${words.afterwards(host)}</p>
    ${otherAccount(page)}`;
  sendGate(page, { title: words.title(request.app.name), body, formTarget: origin });
}

/** `POST /api/oauth2/authorize`: the answer of the consent page, which keeps the request in its address. */
export function decide(provider: AihubmixProvider): RequestHandler {
  return (req, res) => {
    const page = openAihubmixPage(provider, req, res);
    const request = readAuthorizationRequest(provider, req.query);
    if ('untrusted' in request) return refuseUntrusted(page, request);
    if ('error' in request) return redirectWithError(res, request);
    if (page.user === undefined) return res.redirect(signInPath(provider, req.originalUrl));
    if (req.body.decision !== 'allow') return redirectWithDenial(res, request);
    redirectWithCode(provider, { res, request, user: page.user });
  };
}

function otherAccount(page: AihubmixPage) {
  const words = page.wording.consent;
  return html`<form method="post" action="${page.provider.basePath}/sign-out" class="other-account">
    ${csrfField(page)}
    <input type="hidden" name="return_to" value="${page.req.originalUrl}">
    <span>${words.signedInAs} <strong>${page.user?.username}</strong></span>
    <button class="link">${words.otherAccount}</button>
  </form>`;
}
