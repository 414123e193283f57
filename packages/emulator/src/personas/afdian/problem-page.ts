import { html } from '../../pages/html.ts';
import type { AfdianPage } from './afdian-page.ts';
import type { RequestMistake } from './authorization-request.ts';
import { sendCard } from './shell.ts';

interface Problem {
  status: number;
  title: string;
  reason: string;
  /** What the developer of the app should look at. */
  forDevelopers?: string;
}

/** Send a page that says what is wrong, and the way home. */
export function sendProblem(page: AfdianPage, problem: Problem): void {
  const { wording, provider } = page;
  const body = html`
    <p class="number" aria-hidden="true">${problem.status}</p>
    <h1>${problem.title}</h1>
    <p class="lead">${problem.reason}</p>
    ${
      problem.forDevelopers &&
      html`<p class="hint"><strong>${wording.problems.forDevelopers}</strong> ${problem.forDevelopers}</p>`
    }
    <p><a class="button" href="${provider.basePath}/account">${wording.problems.home}</a></p>`;
  sendCard(page, { title: problem.title, body, status: problem.status });
}

/** Answer an authorization request with a mistake in it: here, and never by a redirect. */
export function sendRequestMistake(page: AfdianPage, mistake: RequestMistake): void {
  const { request, mistakes } = page.wording.problems;
  sendProblem(page, { status: 400, title: request, ...mistakes[mistake] });
}
