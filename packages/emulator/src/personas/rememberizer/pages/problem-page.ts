import { html } from '../../../pages/html.ts';
import { sendCard } from './frame.ts';
import type { RememberizerPage } from './rememberizer-page.ts';

export interface Problem {
  status: number;
  title: string;
  reason: string;
  /** What the developer of the app should look at. */
  forDevelopers?: string;
}

/** Send a page that says what is wrong, and the way back. */
export function sendProblem(page: RememberizerPage, problem: Problem): void {
  const { wording, provider } = page;
  const body = html`
    <p class="stamp" aria-hidden="true">${problem.status}</p>
    <h1>${problem.title}</h1>
    <p class="lead">${problem.reason}</p>
    ${
      problem.forDevelopers &&
      html`<p class="hint"><strong>${wording.problems.developerHint}</strong> ${problem.forDevelopers}</p>`
    }
    <p><a class="button" href="${provider.basePath}/knowledge">${wording.problems.home}</a></p>`;
  sendCard(page, { title: problem.title, body, status: problem.status });
}
