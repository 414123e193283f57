import { html } from '../../pages/html.ts';
import type { AihubmixPage } from './aihubmix-page.ts';
import { sendGate } from './layout.ts';

export interface Problem {
  status: number;
  title: string;
  reason: string;
  /** What the developer of the app should look at. */
  forDevelopers?: string;
}

/** Send a page that says what is wrong, and the way back. */
export function sendProblem(page: AihubmixPage, problem: Problem): void {
  const { wording, provider } = page;
  const body = html`
    <p class="problem-mark" aria-hidden="true">${problem.status}</p>
    <h1>${problem.title}</h1>
    <p class="lead">${problem.reason}</p>
    ${
      problem.forDevelopers &&
      html`<p class="hint"><strong>${wording.problems.developerHint}</strong> ${problem.forDevelopers}</p>`
    }
    <p><a class="button" href="${provider.basePath}/account">${wording.problems.home}</a></p>`;
  sendGate(page, { title: problem.title, body, status: problem.status });
}
