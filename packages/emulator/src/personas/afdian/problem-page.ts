import { html } from '../../pages/html.ts';
import { type Problem, problemText } from '../../pages/problem.ts';
import type { AfdianPage } from './afdian-page.ts';
import type { RequestMistake } from './authorization-request.ts';
import { sendCard } from './shell.ts';

/** Send a page that says what is wrong, and the way home. */
export function sendProblem(page: AfdianPage, problem: Problem): void {
  const { forDevelopers, home } = page.wording.problems;
  const body = html`
    <p class="number" aria-hidden="true">${problem.status}</p>
    ${problemText(problem, forDevelopers)}
    <p><a class="button" href="${page.provider.basePath}/account">${home}</a></p>`;
  sendCard(page, { title: problem.title, body, status: problem.status });
}

/** Answer an authorization request with a mistake in it: here, and never by a redirect. */
export function sendRequestMistake(page: AfdianPage, mistake: RequestMistake): void {
  const { request, mistakes } = page.wording.problems;
  sendProblem(page, { status: 400, title: request, ...mistakes[mistake] });
}
