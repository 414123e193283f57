import { appIcon, iconOrigins } from '../../../pages/app-icon.ts';
import { type Html, html } from '../../../pages/html.ts';
import { otherAccount } from '../../../pages/other-account.ts';
import { displayName } from '../forum-user.ts';
import type { OAuthClient } from '../oauth-clients.ts';
import { avatar } from '../pages/avatar.ts';
import type { MemberPage } from '../pages/forum-page.ts';
import { sendForumPage } from '../pages/shell.ts';
import type { Scope } from '../scopes.ts';
import { words as listed } from '../words.ts';
import { param } from './param.ts';
import { scopeIcon } from './scope-icon.ts';

/** What the form repeats of the request. */
const REPEATED = ['response_type', 'client_id', 'redirect_uri', 'state', 'scope'] as const;

/** Ask the user: which client, and what it will be able to do. */
export function sendConsent(page: MemberPage, client: OAuthClient): void {
  const { provider: forum, user, wording } = page;
  const words = wording.authorize;
  const scopes = shownScopes(page, client);
  const who = html`${words.signedInAs} <strong>${user.username}</strong>`;
  const body = html`<section class="card">
    <h1>${words.title(client.name)}</h1>
    <p class="pair" aria-hidden="true">${avatar(forum, user)}<span class="arrows">⇄</span>${appIcon(client)}</p>
    <p class="lead">${client.homepage === '' ? client.description : html`${client.description} <a href="${client.homepage}" target="_blank" rel="noreferrer">${client.homepage}</a>`}</p>
    <h2>${words.scopes}</h2>
    <ul class="scopes">${scopes.map((scope) => scopeRow(page, client, scope))}</ul>
    ${answerForm(page)}
    ${otherAccount(page, who, words.otherAccount)}
  </section>`;
  sendForumPage(page, {
    title: words.title(client.name),
    body,
    layout: 'box',
    formTarget: webOrigin(param(page.req.query, 'redirect_uri')),
    images: iconOrigins([client.icon, ...scopes.map(({ icon }) => icon)].filter(isAddress)),
    script: forum.settings.authorizationMethodFetch ? 'authorize' : undefined,
  });
}

/** What was asked for, or else the client's own list; the default scopes are shown in any case. */
function shownScopes({ provider: forum, req }: MemberPage, client: OAuthClient): Scope[] {
  const asked = listed(param(req.query, 'scope') || client.scope);
  return forum.scopes.all().filter((row) => row.isDefault || asked.includes(row.scope));
}

function scopeRow(page: MemberPage, client: OAuthClient, row: Scope): Html {
  const { name, description } = translated(page, row);
  const filled = description
    .replace('{client_name}', client.name)
    .replace('{user}', displayName(page.user));
  return html`<li>${scopeIcon(row.icon)}<div><h3>${name}</h3><p class="hint">${filled}</p></div></li>`;
}

/** The row of the migration is in Chinese; as long as nobody has changed it, others read it in their language. */
function translated({ provider: forum, wording }: MemberPage, row: Scope) {
  const { name, description } = forum.scopes.initial;
  const unchanged = row.name === name && row.description === description;
  return unchanged ? wording.authorize.userRead : row;
}

/** The two buttons. In fetch mode the script sends what the form would have sent. */
function answerForm(page: MemberPage): Html {
  const { provider: forum, req, wording, session } = page;
  const path = `${forum.basePath}/oauth/authorize`;
  const fetchMode =
    forum.settings.authorizationMethodFetch &&
    html` data-fetch="${path}/fetch" data-csrf="${session.csrf}"`;
  const fields = REPEATED.filter((name) => req.query[name] !== undefined).map(
    (name) => html`<input type="hidden" name="${name}" value="${param(req.query, name)}">`,
  );
  return html`<form method="post" action="${path}"${fetchMode} class="choices">
    ${fields}
    <button class="button" name="is_authorized" value="false">${wording.authorize.deny}</button>
    <button class="button primary" name="is_authorized" value="true">${wording.authorize.agree}</button>
  </form>`;
}

function webOrigin(uri: string): string | undefined {
  return isAddress(uri) ? URL.parse(uri)?.origin : undefined;
}

function isAddress(text: string): boolean {
  return /^https?:/i.test(text);
}
