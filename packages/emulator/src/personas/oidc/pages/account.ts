import type { Request, RequestHandler, Response } from 'express';
import { csrfField } from '../../../pages/csrf-field.ts';
import { day } from '../../../pages/day.ts';
import { type Html, html } from '../../../pages/html.ts';
import type { Issuer } from '../issuer.ts';
import type { OidcUser } from '../oidc-user.ts';
import { type OidcPage, openOidcPage, sendPage } from './oidc-page.ts';
import { person } from './people.ts';

/** `GET /account`: who is signed in, what apps can learn, and which do. */
export function account(issuer: Issuer): RequestHandler {
  return async (req, res) => {
    const page = openOidcPage(issuer, req, res);
    const user = await signedIn(issuer, req, res);
    if (user === undefined) return sendNobody(page);
    const words = page.wording.account;
    const apps = appsOf(page, user);
    const body = html`
      <h1>${words.title}</h1>
      ${req.query.revoked !== undefined && html`<p class="notice" role="status">${words.revoked}</p>`}
      ${person(user)}
      <h2>${words.profile}</h2>
      ${facts(page, user)}
      <h2>${words.apps}</h2>
      ${apps.length > 0 ? html`<ul class="apps">${apps}</ul>` : html`<p class="soft">${words.none}</p>`}
      <p><a class="button" href="${issuer.basePath}/logout">${words.signOut}</a></p>`;
    sendPage(page, { title: words.title, body });
  };
}

/** `POST /account`: take back what was given to one app; its tokens stop to work at once. */
export function takeBack(issuer: Issuer): RequestHandler {
  return async (req, res) => {
    const user = await signedIn(issuer, req, res);
    const clientId = String(req.body.client_id ?? '');
    if (user !== undefined) issuer.revokeGrants({ username: user.username, clientId });
    res.redirect(`${issuer.basePath}/account?revoked`);
  };
}

/** Ask the library whose session the browser has. */
async function signedIn(
  issuer: Issuer,
  req: Request,
  res: Response,
): Promise<OidcUser | undefined> {
  const provider = await issuer.provider();
  const session = await provider.Session.get(provider.createContext(req, res));
  return issuer.userOf(session.accountId);
}

function sendNobody(page: OidcPage): void {
  const { nobody, nobodyLead } = page.wording.account;
  const body = html`<h1>${nobody}</h1><p class="lead">${nobodyLead}</p>`;
  sendPage(page, { title: nobody, body });
}

function facts({ wording }: OidcPage, user: OidcUser): Html {
  const words = wording.account;
  return html`<dl class="facts">
    <div><dt>${words.sub}</dt><dd><code>${user.sub}</code></dd></div>
    ${user.name !== null && html`<div><dt>${words.name}</dt><dd>${user.name}</dd></div>`}
    <div><dt>${words.username}</dt><dd>${user.username}</dd></div>
    <div><dt>${words.email}</dt><dd>${user.email}<br><span class="soft">${user.emailVerified ? words.verified : words.unverified}</span></dd></div>
  </dl>`;
}

function appsOf(page: OidcPage, user: OidcUser): Html[] {
  const { provider: issuer, wording, language } = page;
  const mine = issuer.grants.live().filter(({ username }) => username === user.username);
  return [...Map.groupBy(mine, ({ clientId }) => clientId)].map(([clientId, grants]) => {
    const name = issuer.apps.find(clientId)?.name ?? clientId;
    const since = Math.min(...grants.map(({ created }) => created));
    return html`<li>
      <span><strong>${name}</strong><br><span class="soft">${wording.account.since(day(since, language))}</span></span>
      <form method="post" action="${issuer.basePath}/account">
        ${csrfField(page)}
        <input type="hidden" name="client_id" value="${clientId}">
        <button class="button danger small">${wording.account.revoke}<span class="unseen"> ${name}</span></button>
      </form>
    </li>`;
  });
}
