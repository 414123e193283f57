import { html } from '../../../pages/html.ts';
import { type Problem, problemText } from '../../../pages/problem.ts';
import { sendCard } from './frame.ts';
import type { RememberizerPage } from './rememberizer-page.ts';

/** Send a page that says what is wrong, and the way back. */
export function sendProblem(page: RememberizerPage, problem: Problem): void {
  const { developerHint, home } = page.wording.problems;
  const body = html`
    <p class="stamp" aria-hidden="true">${problem.status}</p>
    ${problemText(problem, developerHint)}
    <p><a class="button" href="${page.provider.basePath}/knowledge">${home}</a></p>`;
  sendCard(page, { title: problem.title, body, status: problem.status });
}
