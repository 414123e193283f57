import { html } from '../../../pages/html.ts';
import type { Problem } from '../../../pages/problem.ts';
import type { ForumPage } from './forum-page.ts';
import { sendForumPage } from './shell.ts';

/** Send a page that says what is wrong, and the way back. */
export function sendProblem(page: ForumPage, { status, title, reason }: Problem): void {
  const { wording, provider } = page;
  const body = html`<section class="card problem">
    <h1>${title}</h1>
    <p class="lead">${reason}</p>
    <p><a class="button" href="${provider.basePath}/">${wording.problems.home}</a></p>
  </section>`;
  sendForumPage(page, { title, body, status, layout: 'box' });
}
