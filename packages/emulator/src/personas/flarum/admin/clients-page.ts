import { appIcon, iconOrigins } from '../../../pages/app-icon.ts';
import { type Html, html } from '../../../pages/html.ts';
import type { OAuthClient } from '../oauth-clients.ts';
import type { MemberPage } from '../pages/forum-page.ts';
import { rowForm, sendAdminPage } from './admin-shell.ts';
import { adminForm, type Entered, type Form, textField } from './form-fields.ts';

/** Send the list of clients. @param refused what was typed and did not fit */
export function sendClients(page: MemberPage, refused?: Entered): void {
  const { clients: words } = page.wording.admin;
  const { basePath, apps } = page.provider;
  const rows = apps.all().map((client) => row(page, client));
  const body = html`
    ${rows.length > 0 ? html`<ul class="rows">${rows}</ul>` : html`<p class="card empty">${words.none}</p>`}
    <section class="card" aria-labelledby="add"><h2 id="add">${words.add}</h2>${clientForm(page, { action: `${basePath}/admin/clients`, refused, submit: words.add })}</section>`;
  const images = iconOrigins(apps.all().map(({ icon }) => icon));
  sendAdminPage(page, { here: 'clients', body, images });
}

/** Send one client. */
export function sendClient(page: MemberPage, client: OAuthClient, refused?: Entered): void {
  const { clients: words, save } = page.wording.admin;
  const action = `${page.provider.basePath}/admin/clients/${client.clientId}`;
  const stored = { ...client };
  const body = html`
    <section class="card">
      <h2>${client.name}</h2>
      <dl class="facts">
        <div><dt>${words.clientId}</dt><dd><code>${client.clientId}</code></dd></div>
        <div><dt>${words.clientSecret}</dt><dd><code class="secret">${client.clientSecret}</code></dd></div>
      </dl>
      ${clientForm(page, { action, stored, refused, submit: save })}
    </section>`;
  sendAdminPage(page, { here: 'clients', body });
}

function row(page: MemberPage, client: OAuthClient): Html {
  const { edit, remove } = page.wording.admin;
  const path = `${page.provider.basePath}/admin/clients/${client.clientId}`;
  const named = (label: string) => html`${label}<span class="unseen"> ${client.name}</span>`;
  return html`<li class="card">
    ${appIcon(client)}
    <div><h2>${client.name}</h2><p class="hint"><code>${client.clientId}</code></p></div>
    <a class="button small" href="${path}">${named(edit)}</a>
    ${rowForm(page, `${path}/delete`, named(remove))}
  </li>`;
}

function clientForm(page: MemberPage, form: Form): Html {
  const { clients: words } = page.wording.admin;
  return adminForm(
    page,
    form,
    (entered) => html`
    ${textField(entered, { name: 'name', label: words.name, required: true })}
    ${textField(entered, { name: 'description', label: words.description })}
    ${textField(entered, { name: 'icon', label: words.icon })}
    ${textField(entered, { name: 'homepage', label: words.homepage })}
    ${textField(entered, { name: 'redirectUri', label: words.redirectUri, hint: words.redirectUriHint, required: true })}
    ${textField(entered, { name: 'scope', label: words.scope, hint: words.scopeHint })}
    ${textField(entered, { name: 'grantTypes', label: words.grantTypes, hint: words.grantTypesHint })}`,
  );
}
