import { csrfField } from '../../pages/csrf-field.ts';
import { html } from '../../pages/html.ts';
import { otherAccount } from '../../pages/other-account.ts';
import type { SignedInPage } from './aihubmix-page.ts';
import type { AuthorizationRequest } from './authorization-request.ts';
import { sendGate } from './layout.ts';

/** Ask the user: which app, what it will see, where the answer goes. */
export function sendConsent(page: SignedInPage, request: AuthorizationRequest): void {
  const words = page.wording.consent;
  const { origin, host } = new URL(request.app.redirectUri);
  const who = html`${words.signedInAs} <strong>${page.user.username}</strong>`;
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
    ${otherAccount(page, who, words.otherAccount)}`;
  sendGate(page, { title: words.title(request.app.name), body, formTarget: origin });
}
