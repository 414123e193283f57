import type { RequestHandler } from 'express';
import { html } from '../../../pages/html.ts';
import type { Forum } from '../forum.ts';
import { forAdministrator } from '../pages/forum-page.ts';
import { rowForm, sendAdminPage } from './admin-shell.ts';

/** `GET /admin/tokens`: how many there are. An administrator can clear away the expired ones, and revoke none. */
export function tokensPage(forum: Forum): RequestHandler {
  return forAdministrator(forum, (page) => {
    const words = page.wording.admin.tokens;
    const counts = (['codes', 'accessTokens', 'refreshTokens'] as const).map((table) => {
      const { all, expired } = forum.tokens.count(table);
      return html`<div><dt>${words[table]}</dt><dd>${words.count(all, expired)}</dd></div>`;
    });
    const body = html`<section class="card stack">
      <p class="lead">${words.lead}</p>
      <dl class="facts">${counts}</dl>
      ${rowForm(page, `${forum.basePath}/admin/tokens`, words.purge)}
    </section>`;
    sendAdminPage(page, { here: 'tokens', body });
  });
}

/** `POST /admin/tokens`: delete what has expired. */
export function purgeTokens(forum: Forum): RequestHandler {
  return forAdministrator(forum, ({ res }) => {
    forum.tokens.purge();
    res.redirect(`${forum.basePath}/admin/tokens?saved`);
  });
}
