import type { RequestHandler } from 'express';
import { csrfField } from '../../../pages/csrf-field.ts';
import { day } from '../../../pages/day.ts';
import { type Html, html } from '../../../pages/html.ts';
import { monogram } from '../../../pages/monogram.ts';
import type { Connection } from '../connections.ts';
import type { RememberizerProvider } from '../rememberizer-provider.ts';
import { sendDrawer } from './frame.ts';
import { mementoChoice, readChoice } from './memento-choice.ts';
import { forSignedIn, type SignedInPage } from './rememberizer-page.ts';

const NOTICES = { save: 'saved', disconnect: 'disconnected', cancel: 'cancelled' } as const;

/** `GET /connected-apps`: what may read this user's mementos, and what was cancelled half-way. */
export function connectedApps(provider: RememberizerProvider): RequestHandler {
  return forSignedIn(provider, (page) => {
    const words = page.wording.apps;
    const connected = provider.connections.of(page.user.username, 'connected');
    const pending = provider.connections.of(page.user.username, 'pending');
    const body = html`
      <h1>${words.title}</h1>
      <p class="lead">${words.lead}</p>
      ${notice(page)}
      <h2>${words.connected}</h2>
      ${connected.length > 0 ? html`<ul class="cards">${connected.map((one) => connectedCard(page, one))}</ul>` : html`<p class="card empty">${words.none}</p>`}
      ${
        pending.length > 0 &&
        html`<h2>${words.pending}</h2>
        <p class="hint">${words.pendingLead}</p>
        <ul class="cards">${pending.map((one) => pendingCard(page, one))}</ul>`
      }`;
    sendDrawer(page, { title: words.title, body });
  });
}

/** `POST /connected-apps`: change what an app may read, disconnect it, or cancel its request for good. */
export function changeConnection(provider: RememberizerProvider): RequestHandler {
  return forSignedIn(provider, ({ req, res, user }) => {
    const { username } = user;
    const clientId = String(req.body.client_id ?? '');
    const connection = provider.connections.find(username, clientId);
    const query = new URLSearchParams({ done: String(req.body.action), client_id: clientId });
    const isSave = req.body.action === 'save';
    if (connection !== undefined && isSave) {
      Object.assign(connection, readChoice(provider.libraries.of(username), req.body));
    } else if (connection !== undefined) {
      provider.revoke({ username, clientId });
    }
    res.redirect(`${provider.basePath}/connected-apps?${query}`);
  });
}

function notice({ req, provider, wording }: SignedInPage): Html | undefined {
  const done = String(req.query.done ?? '');
  const app = provider.apps.find(String(req.query.client_id ?? ''));
  if (app === undefined || !Object.hasOwn(NOTICES, done)) return undefined;
  const text = wording.apps[NOTICES[done as keyof typeof NOTICES]](app.name);
  return html`<p class="notice" role="status">${text}</p>`;
}

function connectedCard(page: SignedInPage, connection: Connection): Html {
  const words = page.wording.apps;
  const library = page.provider.libraries.of(page.user.username);
  const names = connection.mementos.flatMap((id) => library.memento(id)?.name ?? []);
  const readable = connection.memory ? [...names, words.memory] : names;
  return html`<li class="card">
    ${heading(page, connection, words.since(day(connection.since, page.language)))}
    <p><span class="soft">${words.reads}</span> ${readable.map((name) => html`<span class="tag">${name}</span> `)}</p>
    <details>
      <summary>${words.change}<span class="unseen"> ${nameOf(page, connection)}</span></summary>
      ${connectionForm(
        page,
        connection,
        html`
        ${mementoChoice(page, library, connection)}
        <button class="button" name="action" value="save">${words.save}</button>`,
      )}
    </details>
    ${connectionForm(page, connection, html`<button class="button danger" name="action" value="disconnect">${words.disconnect}<span class="unseen"> ${nameOf(page, connection)}</span></button>`)}
  </li>`;
}

function pendingCard(page: SignedInPage, connection: Connection): Html {
  const words = page.wording.apps;
  const unseen = html`<span class="unseen"> ${nameOf(page, connection)}</span>`;
  return html`<li class="card">
    ${heading(page, connection, words.asked(day(connection.since, page.language)))}
    <div class="row">
      <a class="button primary" href="${connection.request}">${words.carryOn}${unseen}</a>
      ${connectionForm(page, connection, html`<button class="button danger" name="action" value="cancel">${words.cancelForGood}${unseen}</button>`)}
    </div>
  </li>`;
}

function heading(page: SignedInPage, connection: Connection, when: string): Html {
  const name = nameOf(page, connection);
  return html`<div class="app-heading">
    <span class="app-icon">${monogram(name, connection.clientId)}</span>
    <div><h3>${name}</h3><p class="soft">${when}</p></div>
  </div>`;
}

function connectionForm(page: SignedInPage, connection: Connection, content: Html): Html {
  return html`<form method="post" action="${page.provider.basePath}/connected-apps" class="stack">
    ${csrfField(page)}
    <input type="hidden" name="client_id" value="${connection.clientId}">
    ${content}
  </form>`;
}

function nameOf({ provider }: SignedInPage, { clientId }: Connection): string {
  return provider.apps.find(clientId)?.name ?? clientId;
}
