import { csrfField } from '../../../pages/csrf-field.ts';
import { html } from '../../../pages/html.ts';
import { otherAccount } from '../../../pages/other-account.ts';
import { sendCard } from '../pages/frame.ts';
import { type Choice, mementoChoice } from '../pages/memento-choice.ts';
import type { SignedInPage } from '../pages/rememberizer-page.ts';
import type { AuthorizationRequest } from './authorization-request.ts';

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
  const who = html`${words.signedInAs} <strong>${page.user.username}</strong>`;
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
    ${otherAccount(page, who, words.otherAccount)}`;
  sendCard(page, {
    title: words.title(app.name),
    body,
    status: mistake ? 400 : 200,
    formTarget: [...new Set([back.origin, landing.origin])].join(' '),
  });
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
