import { iconOrigins } from '../../../pages/app-icon.ts';
import { type Html, html } from '../../../pages/html.ts';
import { scopeIcon } from '../oauth/scope-icon.ts';
import type { MemberPage } from '../pages/forum-page.ts';
import { METHODS } from '../scope-form.ts';
import type { Scope } from '../scopes.ts';
import { rowForm, sendAdminPage } from './admin-shell.ts';
import {
  adminForm,
  checkField,
  type Entered,
  type Form,
  selectField,
  textField,
} from './form-fields.ts';

/** Send the scope table. @param refused what was typed and did not fit */
export function sendScopes(page: MemberPage, refused?: Entered): void {
  const { scopes: words } = page.wording.admin;
  const { basePath, scopes } = page.provider;
  const body = html`
    <ul class="rows">${scopes.all().map((row) => scopeRow(page, row))}</ul>
    <section class="card" aria-labelledby="add"><h2 id="add">${words.add}</h2>${scopeForm(page, { action: `${basePath}/admin/scopes`, refused, submit: words.add })}</section>`;
  const icons = scopes.all().map(({ icon }) => (URL.canParse(icon) ? icon : ''));
  sendAdminPage(page, { here: 'scopes', body, images: iconOrigins(icons) });
}

/** Send one row. */
export function sendScope(page: MemberPage, row: Scope, refused?: Entered): void {
  const action = `${page.provider.basePath}/admin/scopes/${row.scope}`;
  const stored = { ...row, isDefault: row.isDefault ? 'on' : undefined };
  const submit = page.wording.admin.save;
  const form = scopeForm(page, { action, stored, refused, submit });
  const body = html`<section class="card"><h2>${row.scope}</h2>${form}</section>`;
  sendAdminPage(page, { here: 'scopes', body });
}

function scopeRow(page: MemberPage, row: Scope): Html {
  const { edit, remove } = page.wording.admin;
  const { basePath, scopes } = page.provider;
  const path = `${basePath}/admin/scopes/${row.scope}`;
  const named = (label: string) => html`${label}<span class="unseen"> ${row.scope}</span>`;
  return html`<li class="card">
    ${scopeIcon(row.icon)}
    <div><h2>${row.scope}</h2><p class="hint">${row.name}</p><p class="hint"><code>${row.method} ${row.resourcePath}</code></p></div>
    <a class="button small" href="${path}">${named(edit)}</a>
    ${row.scope !== scopes.initial.scope && rowForm(page, `${path}/delete`, named(remove))}
  </li>`;
}

function scopeForm(page: MemberPage, form: Form): Html {
  const { scopes: words } = page.wording.admin;
  const { resourcePath } = page.provider.scopes.initial;
  const methods = Object.fromEntries(METHODS.map((method) => [method, method]));
  return adminForm(
    page,
    form,
    (entered) => html`
    ${textField(entered, { name: 'scope', label: words.scope, required: true })}
    ${textField(entered, { name: 'resourcePath', label: words.resourcePath, hint: words.resourcePathHint(resourcePath), required: true })}
    ${selectField(String(entered.method ?? 'GET'), { name: 'method', label: words.method }, methods)}
    ${checkField(entered.isDefault === 'on', { name: 'isDefault', label: words.isDefault, hint: words.isDefaultHint })}
    ${textField(entered, { name: 'name', label: words.name, required: true })}
    ${textField(entered, { name: 'description', label: words.description, hint: words.descriptionHint })}
    ${textField(entered, { name: 'icon', label: words.icon, hint: words.iconHint })}
    ${textField(entered, { name: 'visibleFields', label: words.visibleFields, hint: words.visibleFieldsHint })}`,
  );
}
