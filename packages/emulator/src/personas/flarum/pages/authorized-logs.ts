import type { RequestHandler } from 'express';
import { appIcon, iconOrigins } from '../../../pages/app-icon.ts';
import { csrfField } from '../../../pages/csrf-field.ts';
import { moment } from '../../../pages/day.ts';
import { type Html, html } from '../../../pages/html.ts';
import type { AuthorizedEntry } from '../authorized-log.ts';
import type { Forum } from '../forum.ts';
import { forMember, type MemberPage } from './forum-page.ts';
import { memberHead } from './member.ts';
import { sendProblem } from './problem-page.ts';
import { sendForumPage } from './shell.ts';

/** `GET /u/<username>/authorized`: when this member let which client in. */
export function authorizedLogs(forum: Forum): RequestHandler {
  return forOwner(forum, (page) => {
    const words = page.wording.member;
    const entries = forum.log.of(page.user.username);
    const body = html`
      ${memberHead(page, page.user)}
      <h2>${words.logs}</h2>
      <p class="hint">${words.logsLead}</p>
      ${entries.length === 0 ? html`<p class="card empty">${words.noLogs}</p>` : html`<ul class="rows">${entries.map((entry) => row(page, entry))}</ul>${removeForm(page, words.removeAll)}`}`;
    const icons = entries.map((entry) => forum.apps.find(entry.clientId)?.icon ?? '');
    sendForumPage(page, { title: words.logs, body, images: iconOrigins(icons) });
  });
}

/** `POST /u/<username>/authorized`: forget one line, or all; what the client was given stays good. */
export function forgetAuthorized(forum: Forum): RequestHandler {
  return forOwner(forum, ({ req, res, user }) => {
    const { id } = req.body;
    forum.log.remove(user.username, id === undefined ? undefined : Number(id));
    res.redirect(req.originalUrl);
  });
}

function forOwner(forum: Forum, show: (page: MemberPage) => void): RequestHandler {
  return forMember(forum, (page) => {
    if (page.req.params.username === page.user.username) show(page);
    else sendProblem(page, { status: 404, ...page.wording.problems.notFound });
  });
}

function row(page: MemberPage, entry: AuthorizedEntry): Html {
  const { wording, provider: forum, language } = page;
  const { name, description, icon } = forum.apps.find(entry.clientId) ?? {
    name: wording.member.gone,
    description: '',
    icon: '',
  };
  return html`<li class="card">
    ${appIcon({ name, clientId: entry.clientId, icon })}
    <div><h3>${name}</h3><p class="hint">${description}</p><p class="hint">${moment(entry.at, language)}</p></div>
    ${removeForm(page, wording.member.remove, entry)}
  </li>`;
}

function removeForm(page: MemberPage, label: string, entry?: AuthorizedEntry): Html {
  return html`<form method="post" action="${page.req.originalUrl}">
    ${csrfField(page)}
    ${entry && html`<input type="hidden" name="id" value="${entry.id}">`}
    <button class="button small">${label}</button>
  </form>`;
}
