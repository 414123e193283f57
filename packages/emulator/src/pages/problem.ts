import { type Html, html } from './html.ts';

/** What a page says that something is wrong. */
export interface Problem {
  status: number;
  title: string;
  reason: string;
  /** What the developer of the app should look at. */
  forDevelopers?: string | undefined;
}

/** Write what is wrong. @param hint what stands before the words for developers */
export function problemText({ title, reason, forDevelopers }: Problem, hint: string): Html {
  return html`
    <h1>${title}</h1>
    <p class="lead">${reason}</p>
    ${forDevelopers && html`<p class="hint"><strong>${hint}</strong> ${forDevelopers}</p>`}`;
}
