import type { RequestHandler } from 'express';
import { day, moment } from '../../../pages/day.ts';
import { type Html, html } from '../../../pages/html.ts';
import type { Forum } from '../forum.ts';
import { displayName, type ForumUser } from '../forum-user.ts';
import { avatar } from './avatar.ts';
import { type ForumPage, openForumPage } from './forum-page.ts';
import { sendForumPage } from './shell.ts';

/** `GET /u/<username>`: a member of the forum. */
export function member(forum: Forum): RequestHandler<{ username: string }> {
  return (req, res, next) => {
    const page = openForumPage(forum, req, res);
    const user = forum.users.find(req.params.username);
    if (user === undefined || user.deleted) return next();
    const { language, wording } = page;
    const words = wording.member;
    const mine = page.user?.username === user.username;
    const lastSeen = user.lastSeenAt === null ? words.never : moment(user.lastSeenAt, language);
    const body = html`
      ${memberHead(page, user)}
      <dl class="card facts">
        <div><dt>${words.joined}</dt><dd>${day(user.created_time * 1000, language)}</dd></div>
        <div><dt>${words.lastSeen}</dt><dd>${lastSeen}</dd></div>
        <div><dt>${words.discussions}</dt><dd>${user.discussionCount}</dd></div>
        <div><dt>${words.posts}</dt><dd>${user.commentCount}</dd></div>
        ${mine && html`<div><dt>${words.email} (${words.onlyYou})</dt><dd>${user.email}</dd></div>`}
      </dl>`;
    sendForumPage(page, { title: displayName(user), body });
  };
}

/** Show who a page is about, and to themselves the way to their logs. */
export function memberHead(page: ForumPage, user: ForumUser): Html {
  const { provider: forum, wording } = page;
  const path = `${forum.basePath}/u/${user.username}`;
  const mine = page.user?.username === user.username;
  return html`<section class="member">
    ${avatar(forum, user)}
    <div><h1>${displayName(user)}</h1><p>@${user.username}</p></div>
    ${mine && html`<p><a class="button small" href="${path}/authorized">${wording.member.logs}</a></p>`}
  </section>`;
}
