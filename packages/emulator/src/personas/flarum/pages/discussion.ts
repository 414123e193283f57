import type { RequestHandler } from 'express';
import { html } from '../../../pages/html.ts';
import type { Forum } from '../forum.ts';
import { author } from './author.ts';
import { openForumPage } from './forum-page.ts';
import { sendForumPage } from './shell.ts';

/** `GET /d/<number>`: what somebody wrote. */
export function discussion(forum: Forum): RequestHandler<{ number: string }> {
  return (req, res, next) => {
    const page = openForumPage(forum, req, res);
    const words = page.wording.home;
    const shown = words.discussions[Number(req.params.number) - 1];
    if (shown === undefined) return next();
    const { name, picture } = author(page, shown.author);
    const body = html`
      <p><a href="${forum.basePath}/">${words.back}</a></p>
      <p><span class="tag">${shown.tag}</span></p>
      <h1>${shown.title}</h1>
      <article class="card post">
        ${picture}
        <div><p class="hint">${words.started(name, shown.when)}</p><p>${shown.post}</p></div>
      </article>`;
    sendForumPage(page, { title: shown.title, body });
  };
}
