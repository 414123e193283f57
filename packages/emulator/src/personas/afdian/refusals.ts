import type { ErrorRequestHandler, RequestHandler } from 'express';
import { prefersJson } from '../../pages/prefers-json.ts';
import { openAfdianPage } from './afdian-page.ts';
import type { AfdianProvider } from './afdian-provider.ts';
import { sendProblem } from './problem-page.ts';

/** Refuse a form that was not made for this browser. */
export function refuseForm(provider: AfdianProvider): RequestHandler {
  return (req, res) => {
    const page = openAfdianPage(provider, req, res);
    sendProblem(page, { status: 403, ...page.wording.problems.form });
  };
}

/** Say that there is no such page, or in the envelope that there is no such call: nothing refreshes, and nothing tells more of a user. */
export function notFound(provider: AfdianProvider): RequestHandler {
  return (req, res) => {
    if (prefersJson(req)) {
      res.status(404).json({ ec: 404, em: 'not found', data: {} });
      return;
    }
    const page = openAfdianPage(provider, req, res);
    sendProblem(page, { status: 404, ...page.wording.problems.notFound });
  };
}

/** Answer what went wrong before a route could: a body that cannot be read. */
export const answerUnexpected: ErrorRequestHandler = (error, _req, res, _next) => {
  const status = Number.isInteger(error.status) ? error.status : 500;
  res.status(status).json({ ec: status, em: String(error.message), data: {} });
};
