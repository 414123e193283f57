import type { RequestHandler } from 'express';
import { type Html, html } from '../../../pages/html.ts';
import type { Forum } from '../forum.ts';
import type { Wording } from '../wording/wording.ts';
import { author } from './author.ts';
import { type ForumPage, openForumPage } from './forum-page.ts';
import { sendForumPage } from './shell.ts';

/** `GET /`: what the forum talks about. */
export function home(forum: Forum): RequestHandler {
  return (req, res) => {
    const page = openForumPage(forum, req, res);
    const { frame, home: words } = page.wording;
    const tags = [...new Set(words.discussions.map(({ tag }) => tag))];
    const body = html`
      <section class="welcome"><h1>${frame.forum}</h1><p>${frame.welcome}</p></section>
      <div class="index">
        <aside aria-labelledby="tags"><h2 id="tags">${words.tags}</h2><ul class="tag-list">${tags.map((tag) => html`<li><span class="tag">${tag}</span></li>`)}</ul></aside>
        <section aria-labelledby="all">
          <h2 id="all">${words.all}</h2>
          <ol class="discussions">${words.discussions.map((discussion, at) => row(page, discussion, at + 1))}</ol>
        </section>
      </div>`;
    sendForumPage(page, { title: words.all, body, layout: 'hero' });
  };
}

type Discussion = Wording['home']['discussions'][number];

function row(page: ForumPage, discussion: Discussion, number: number): Html {
  const words = page.wording.home;
  const { name, picture } = author(page, discussion.author);
  return html`<li>
    ${picture}
    <div>
      <h3><a class="discussion-link" href="${page.provider.basePath}/d/${number}">${discussion.title}</a></h3>
      <p class="hint">${words.started(name, discussion.when)}</p>
    </div>
    <span class="tag">${discussion.tag}</span>
    <span class="replies">${words.replies(discussion.replies)}</span>
  </li>`;
}
