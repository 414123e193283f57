import type { RequestHandler } from 'express';
import { csrfField } from '../../../pages/csrf-field.ts';
import { type Html, html } from '../../../pages/html.ts';
import { sendCard } from '../pages/frame.ts';
import { type Choice, mementoChoice, readChoice } from '../pages/memento-choice.ts';
import { openRememberizerPage, type SignedInPage } from '../pages/rememberizer-page.ts';
import { signInPath } from '../pages/sign-in-path.ts';
import type { RememberizerProvider } from '../rememberizer-provider.ts';
import { type AuthorizationRequest, readAuthorizationRequest } from './authorization-request.ts';
import { redirectWithCode, redirectWithError } from './redirect-back.ts';
import { refuseUntrusted } from './refuse-untrusted.ts';

/** Ask the user: which app, which mementos it may read, where the two answers lead. */
export function sendConsent(
  page: SignedInPage,
  request: AuthorizationRequest,
  mistake?: 'nothing chosen',
): void {
  const words = page.wording.consent;
  const { app, redirectUri } = request;
  const [back, landing] = [new URL(redirectUri), new URL(app.landingPageUrl)];
  const library = page.provider.libraries.of(page.user.username);
  const body = html`
    <h1>${words.title(app.name)}</h1>
    ${app.description && html`<p class="quote">${app.description}</p>`}
    <p class="lead">${words.lead}</p>
    ${mistake && html`<p class="alert" role="alert">${words.nothingChosen}</p>`}
    <form method="post" action="${page.req.originalUrl}" class="stack">
      ${csrfField(page)}
      ${mementoChoice(page, library, chosenBefore(page, request, mistake))}
      <p class="hint">${request.scope === '' ? words.once : words.offline}</p>
      <div class="two-buttons">
        <button class="button primary" name="decision" value="allow">${words.allow}</button>
        <button class="button" name="decision" value="cancel">${words.cancel}</button>
      </div>
    </form>
    <p class="hint">${words.afterwards(back.host)} ${words.ifCancelled(landing.host + landing.pathname)}</p>
    ${otherAccount(page)}`;
  sendCard(page, {
    title: words.title(app.name),
    body,
    status: mistake ? 400 : 200,
    formTarget: [...new Set([back.origin, landing.origin])].join(' '),
  });
}

/**
 * `POST /api/v1/auth/oauth2/authorize/`: the answer of the consent page, which keeps the request in
 * its address. Whoever cancels goes to the app's landing page, without an error; the app waits.
 */
export function decide(provider: RememberizerProvider): RequestHandler {
  return (req, res) => {
    const page = openRememberizerPage(provider, req, res);
    const request = readAuthorizationRequest(provider, req.query);
    if ('untrusted' in request) return refuseUntrusted(page, request);
    if ('error' in request) return redirectWithError(res, request);
    const { user } = page;
    if (user === undefined) return res.redirect(signInPath(provider, req.originalUrl));

    const { clientId, landingPageUrl } = request.app;
    const { username } = user;
    const asked = { username, clientId, since: provider.now(), request: req.originalUrl };
    if (req.body.decision !== 'allow') {
      provider.connections.suspend(asked);
      return res.redirect(landingPageUrl);
    }
    const choice = readChoice(provider.libraries.of(username), req.body);
    if (choice.mementos.length === 0) {
      return sendConsent({ ...page, user }, request, 'nothing chosen');
    }
    provider.connections.connect({ ...asked, ...choice });
    redirectWithCode(provider, { res, request, user });
  };
}

/** A connected app is offered what it has; a new one the first memento. */
function chosenBefore(
  { provider, user }: SignedInPage,
  { app }: AuthorizationRequest,
  mistake: 'nothing chosen' | undefined,
): Choice {
  if (mistake !== undefined) return { mementos: [], memory: false };
  const connection = provider.connections.find(user.username, app.clientId);
  if (connection?.status === 'connected') return connection;
  const [first] = provider.libraries.of(user.username).mementos();
  return { mementos: first === undefined ? [] : [first.id], memory: true };
}

function otherAccount(page: SignedInPage): Html {
  const words = page.wording.consent;
  return html`<form method="post" action="${page.provider.basePath}/sign-out" class="other-account">
    ${csrfField(page)}
    <input type="hidden" name="return_to" value="${page.req.originalUrl}">
    <span>${words.signedInAs} <strong>${page.user.username}</strong></span>
    <button class="link">${words.otherAccount}</button>
  </form>`;
}
