import type { Request, Response } from 'express';
import { prefersJson } from './prefers-json.ts';
import type { Problem } from './problem.ts';

/** No client, or not its redirect URI: nothing may be redirected anywhere. */
export interface UntrustedRequest {
  untrusted: 'invalid_client' | 'invalid_request';
}

interface Worded {
  req: Request;
  res: Response;
  wording: {
    problems: { untrusted: string } & Record<
      UntrustedRequest['untrusted'],
      { reason: string; forDevelopers: string }
    >;
  };
}

/** Answer a request that names no client of ours: never by a redirect. */
export function refuseUntrusted<Of extends Worded>(
  page: Of,
  { untrusted: error }: UntrustedRequest,
  sendProblem: (page: Of, problem: Problem) => void,
): void {
  const { [error]: words, untrusted: title } = page.wording.problems;
  if (prefersJson(page.req)) {
    page.res.status(400).json({ error, error_description: words.forDevelopers });
  } else sendProblem(page, { status: 400, title, ...words });
}
