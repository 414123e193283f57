import { prefersJson } from '../../../pages/prefers-json.ts';
import { sendProblem } from '../pages/problem-page.ts';
import type { RememberizerPage } from '../pages/rememberizer-page.ts';
import type { UntrustedRequest } from './authorization-request.ts';

/** Answer a request that names no client of ours: never by a redirect. */
export function refuseUntrusted(page: RememberizerPage, { untrusted }: UntrustedRequest): void {
  const error = untrusted === 'client' ? 'invalid_client' : 'invalid_request';
  const { reason, forDevelopers } = page.wording.problems[error];
  if (prefersJson(page.req)) {
    page.res.status(400).json({ error, error_description: forDevelopers });
    return;
  }
  sendProblem(page, { status: 400, title: page.wording.problems.untrusted, reason, forDevelopers });
}
