import type { KoaContextWithOIDC } from 'oidc-provider';
import { type Html, html } from '../../../pages/html.ts';
import type { Issuer } from '../issuer.ts';
import type { OidcApp } from '../oidc-app.ts';
import { type OidcPage, openPageWithin, sendPageWithin } from './oidc-page.ts';
import { person } from './people.ts';

/**
 * Ask whether to sign out here too. Somebody who comes with an ID token of who is signed in may go
 * through without a question, if the settings say so.
 */
export function showLogout(issuer: Issuer, ctx: KoaContextWithOIDC): void {
  const page = openPageWithin(issuer, ctx);
  const words = page.wording.logout;
  const { client, session } = ctx.oidc;
  const user = issuer.userOf(session?.accountId);
  const app = issuer.apps.find(client?.clientId ?? '');
  const silent = !issuer.settings.logoutConfirmation && knowsWho(ctx);
  const body = html`
    <h1>${words.title}</h1>
    <p class="lead">${app ? words.lead(app.name) : words.leadAlone}</p>
    ${user && person(user)}
    ${otherApps(page, ctx)}
    <form method="post" action="${issuer.basePath}/logout/confirm" class="choices">
      <input type="hidden" name="xsrf" value="${String(session?.state?.secret)}">
      ${silent ? silently(page) : choices(page)}
    </form>`;
  const target = ctx.oidc.params?.post_logout_redirect_uri;
  const formTarget = typeof target === 'string' ? new URL(target).origin : undefined;
  sendPageWithin(ctx, page, { title: words.title, body, formTarget, script: silent });
}

/** Say that it is done; who stayed signed in here reads that. */
export function showSignedOut(issuer: Issuer, ctx: KoaContextWithOIDC): void {
  const page = openPageWithin(issuer, ctx);
  const words = page.wording.signedOut;
  const stayed = issuer.apps.find(ctx.oidc.client?.clientId ?? '');
  const body = html`
    <p class="done-mark" aria-hidden="true">✓</p>
    <h1>${words.title}</h1>
    <p class="lead">${stayed ? words.stillHere(stayed.name) : words.lead}</p>
    ${stayed && html`<p class="aside"><a href="${issuer.basePath}/account">${words.account}</a></p>`}`;
  sendPageWithin(ctx, page, { title: words.title, body });
}

/** A form that a script submits sends no button along. */
function silently({ wording }: OidcPage): Html {
  return html`<input type="hidden" name="logout" value="yes">
    <button class="button primary">${wording.logout.submit}</button>`;
}

function choices({ wording }: OidcPage): Html {
  return html`<button class="button primary" name="logout" value="yes">${wording.logout.submit}</button>
    <button class="button">${wording.logout.stay}</button>`;
}

function knowsWho({ oidc }: KoaContextWithOIDC): boolean {
  return oidc.entities.IdTokenHint?.payload.sub === oidc.session?.accountId;
}

/** The other apps of this session that are told. */
function otherApps(page: OidcPage, { oidc }: KoaContextWithOIDC): Html | undefined {
  const apps = Object.keys(oidc.session?.authorizations ?? {})
    .filter((clientId) => clientId !== oidc.client?.clientId)
    .map((clientId) => page.provider.apps.find(clientId))
    .filter((app): app is OidcApp => app?.backchannelLogoutUri !== undefined);
  if (apps.length === 0) return undefined;
  return html`<p>${page.wording.logout.alsoOf}</p><ul class="names">${apps.map((app) => html`<li>${app.name}</li>`)}</ul>`;
}
