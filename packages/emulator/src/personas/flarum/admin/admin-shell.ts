import { csrfField } from '../../../pages/csrf-field.ts';
import { type Html, html } from '../../../pages/html.ts';
import type { MemberPage } from '../pages/forum-page.ts';
import { sendForumPage } from '../pages/shell.ts';
import type { Wording } from '../wording/wording.ts';

type AdminPageName = keyof Wording['admin']['pages'];

const PATHS: Record<AdminPageName, string> = {
  settings: '/admin',
  clients: '/admin/clients',
  scopes: '/admin/scopes',
  tokens: '/admin/tokens',
};

interface Content {
  here: AdminPageName;
  body: Html;
  images?: readonly string[];
}

/** Send a page of the plugin's administration. */
export function sendAdminPage(page: MemberPage, { here, body, images }: Content): void {
  const { admin } = page.wording;
  const links = Object.entries(admin.pages).map(([name, label]) => {
    const path = page.provider.basePath + PATHS[name as AdminPageName];
    return html`<li><a href="${path}"${name === here && html` aria-current="page"`}>${label}</a></li>`;
  });
  const saved = page.req.query.saved !== undefined;
  const framed = html`
    <nav class="tabs" aria-label="${admin.title}"><ul>${links}</ul></nav>
    <h1>${admin.pages[here]}</h1>
    ${saved && html`<p class="notice" role="status">${admin.saved}</p>`}
    ${body}`;
  sendForumPage(page, { title: admin.pages[here], body: framed, images });
}

/** Write a form that does one thing to one row. */
export function rowForm(page: MemberPage, action: string, label: Html | string): Html {
  return html`<form method="post" action="${action}">${csrfField(page)}<button class="button small">${label}</button></form>`;
}
