import type { RequestHandler } from 'express';
import { csrfField } from '../../pages/csrf-field.ts';
import { day } from '../../pages/day.ts';
import { type Html, html } from '../../pages/html.ts';
import type { Grant } from '../../provider/grants.ts';
import { forSignedIn, type SignedInPage } from './aihubmix-page.ts';
import type { AihubmixProvider } from './aihubmix-provider.ts';
import { sendConsole } from './layout.ts';
import { SCOPES } from './scopes.ts';

/** `GET /account/apps`: what this user allowed, with a way to take it back. */
export function authorisedApps(provider: AihubmixProvider): RequestHandler {
  return forSignedIn(provider, (page) => {
    const words = page.wording.apps;
    const revoked = provider.apps.find(String(page.req.query.revoked ?? ''));
    const grants = Map.groupBy(liveGrantsOf(page), (grant) => grant.clientId);
    const list = [...grants.values()].map((ofApp) => appCard(page, ofApp));
    const body = html`
      <h1>${words.title}</h1>
      <p class="lead">${words.lead}</p>
      ${revoked && html`<p class="notice" role="status">${words.revoked(revoked.name)}</p>`}
      ${list.length > 0 ? html`<ul class="cards">${list}</ul>` : html`<p class="card empty">${words.none}</p>`}`;
    sendConsole(page, { title: words.title, body });
  });
}

/** `POST /account/apps`: take back what was given to one app; its tokens stop to work at once. */
export function revokeApp(provider: AihubmixProvider): RequestHandler {
  return forSignedIn(provider, ({ req, res, user }) => {
    const clientId = String(req.body.client_id ?? '');
    provider.grants.revoke({ username: user.username, clientId });
    const query = new URLSearchParams({ revoked: clientId });
    res.redirect(`${provider.basePath}/account/apps?${query}`);
  });
}

function liveGrantsOf({ provider, user }: SignedInPage): Grant[] {
  return provider.grants.live().filter((grant) => grant.username === user.username);
}

function appCard(page: SignedInPage, grants: Grant[]): Html {
  const words = page.wording.apps;
  const clientId = grants[0]?.clientId ?? '';
  const name = page.provider.apps.find(clientId)?.name ?? clientId;
  const since = Math.min(...grants.map((grant) => grant.created));
  const scopes = SCOPES.filter((scope) => grants.some((grant) => grant.scope.includes(scope)));
  return html`<li class="card app">
    <div>
      <h2>${name}</h2>
      <p>${words.since(day(since, page.language))}</p>
      <p class="tags">${scopes.map((scope) => html`<span class="tag">${page.wording.consent.scopes[scope].name}</span> `)}</p>
    </div>
    <form method="post" action="${page.provider.basePath}/account/apps">
      ${csrfField(page)}
      <input type="hidden" name="client_id" value="${clientId}">
      <button class="button danger">${words.revoke}<span class="unseen"> ${name}</span></button>
    </form>
  </li>`;
}
