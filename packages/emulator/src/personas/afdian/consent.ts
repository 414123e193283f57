import { appIcon, iconOrigins } from '../../pages/app-icon.ts';
import { csrfField } from '../../pages/csrf-field.ts';
import { html } from '../../pages/html.ts';
import { otherAccount } from '../../pages/other-account.ts';
import type { SignedInPage } from './afdian-page.ts';
import type { AuthorizationRequest } from './authorization-request.ts';
import { portrait } from './portrait.ts';
import { sendCard } from './shell.ts';

/** Ask the user: which app, what it gets, where a yes leads. */
export function sendConsent(page: SignedInPage, { app, redirectUri }: AuthorizationRequest): void {
  const words = page.wording.consent;
  const { origin, host } = new URL(redirectUri);
  const title = words.title(app.name);
  const body = html`
    <p class="meeting" aria-hidden="true">${appIcon(app)}<span class="spark"></span>${portrait(page.user)}</p>
    <h1>${title}</h1>
    <section class="gets">
      <p>${words.lead}</p>
      <p><strong>${words.scope.name}</strong><br>${words.scope.detail}</p>
    </section>
    <form method="post" action="${page.req.originalUrl}" class="choices">
      ${csrfField(page)}
      <button class="button primary" name="decision" value="agree">${words.agree}</button>
      <button class="button" name="decision" value="refuse">${words.refuse}</button>
    </form>
    <p class="hint">${words.afterwards(host)}</p>
    ${otherAccount(page, page.user.name, words.otherAccount)}`;
  sendCard(page, { title, body, formTarget: origin, images: iconOrigins([app.icon]) });
}

/** Say that nothing was given. There is no way back to the app from here but its own. */
export function sendRefused(page: SignedInPage, { app }: AuthorizationRequest): void {
  const words = page.wording.refused;
  const body = html`
    <p class="meeting dark" aria-hidden="true">${appIcon(app)}<span class="spark"></span>${portrait(page.user)}</p>
    <h1>${words.title}</h1>
    <p class="lead">${words.lead(app.name)}</p>
    <p class="hint">${words.next}</p>
    <p class="choices">
      <a class="button" href="${page.req.originalUrl}">${words.again}</a>
      <a class="button" href="${page.provider.basePath}/account">${words.home}</a>
    </p>`;
  sendCard(page, { title: words.title, body, images: iconOrigins([app.icon]) });
}
