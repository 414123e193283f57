import { html } from '../../pages/html.ts';
import { type Problem, problemText } from '../../pages/problem.ts';
import type { AihubmixPage } from './aihubmix-page.ts';
import { sendGate } from './layout.ts';

/** Send a page that says what is wrong, and the way back. */
export function sendProblem(page: AihubmixPage, problem: Problem): void {
  const { developerHint, home } = page.wording.problems;
  const body = html`
    <p class="problem-mark" aria-hidden="true">${problem.status}</p>
    ${problemText(problem, developerHint)}
    <p><a class="button" href="${page.provider.basePath}/account">${home}</a></p>`;
  sendGate(page, { title: problem.title, body, status: problem.status });
}
