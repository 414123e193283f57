import { appIcon, iconOrigins } from '../../pages/app-icon.ts';
import { csrfField } from '../../pages/csrf-field.ts';
import { day } from '../../pages/day.ts';
import { type Html, html } from '../../pages/html.ts';
import { newCredentials } from '../../pages/new-credentials.ts';
import type { AfdianApp } from './afdian-apps.ts';
import type { SignedInPage } from './afdian-page.ts';
import { sendArea } from './shell.ts';

const NAMES = { id: 'clientID', secret: 'clientSecret' };

/** What was typed into a form. */
export type Entered = Record<string, unknown>;

interface Shown {
  refused?: { entered: Entered; why: string };
}

/** Send the page of the clients, with what was refused still in its form. */
export function sendStaffPage(page: SignedInPage, { refused }: Shown = {}): void {
  const words = page.wording.staff;
  const { apps, sessions } = page.provider;
  const fresh = apps.find(sessions.takeNewApp(page.req) ?? '');
  const cards = apps.all().map((app) => appCard(page, app));
  const body = html`
    <h1>${words.title}</h1>
    <p class="lead">${words.lead}</p>
    ${fresh && newCredentials(words, fresh, NAMES)}
    <div class="columns">
      <section class="card" aria-labelledby="create"><h2 id="create">${words.create}</h2>${createForm(page, refused)}</section>
      <section class="stack" aria-labelledby="apps">
        <h2 id="apps">${words.apps}</h2>
        ${cards.length > 0 ? html`<ul class="stack">${cards}</ul>` : html`<p class="card empty">${words.none}</p>`}
      </section>
    </div>`;
  const images = iconOrigins(apps.all().map((app) => app.icon));
  sendArea(page, { title: words.title, body, images });
}

function createForm(page: SignedInPage, refused: Shown['refused']): Html {
  const words = page.wording.staff;
  const entered = (name: string) => String(refused?.entered[name] ?? '');
  return html`<form method="post" action="${page.provider.basePath}/staff/apps" class="stack">
    ${csrfField(page)}
    ${refused && html`<p class="alert" role="alert">${refused.why}</p>`}
    <label class="field">${words.name}<input name="name" required maxlength="60" value="${entered('name')}"></label>
    <label class="field">${words.trustedDomain}<input name="trustedDomain" required autocapitalize="none" spellcheck="false" aria-describedby="domain-rule" value="${entered('trustedDomain')}"></label>
    <p class="hint" id="domain-rule">${words.trustedDomainRule}</p>
    <label class="field">${words.clientId}<input name="clientId" autocapitalize="none" spellcheck="false" aria-describedby="id-rule" value="${entered('clientId')}"></label>
    <p class="hint" id="id-rule">${words.clientIdRule}</p>
    <label class="field">${words.clientSecret}<input name="clientSecret" autocomplete="off" spellcheck="false" aria-describedby="secret-rule"></label>
    <p class="hint" id="secret-rule">${words.clientSecretRule}</p>
    <label class="field">${words.icon}<input name="icon" type="url" value="${entered('icon')}"></label>
    <button class="button primary">${words.submit}</button>
  </form>`;
}

function appCard(page: SignedInPage, app: AfdianApp): Html {
  const words = page.wording.staff;
  return html`<li class="card app">
    ${appIcon(app)}
    <h3>${app.name}</h3>
    <dl class="facts">
      <div><dt>clientID</dt><dd><code>${app.clientId}</code></dd></div>
      <div><dt>${words.trustedDomain}</dt><dd><code>${app.trustedDomain}</code></dd></div>
      <div><dt>${words.createdOn}</dt><dd>${day(app.created, page.language)}</dd></div>
    </dl>
    <form method="post" action="${page.provider.basePath}/staff/apps/reset">
      ${csrfField(page)}
      <input type="hidden" name="client_id" value="${app.clientId}">
      <button class="button small">${words.reset}<span class="unseen"> ${app.name}</span></button>
    </form>
  </li>`;
}
