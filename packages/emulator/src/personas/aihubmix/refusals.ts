import type { ErrorRequestHandler, RequestHandler } from 'express';
import { prefersJson } from '../../pages/prefers-json.ts';
import { openAihubmixPage } from './aihubmix-page.ts';
import type { AihubmixProvider } from './aihubmix-provider.ts';
import { sendProblem } from './problem-page.ts';

/** Refuse a form that was not made for this browser. */
export function refuseForm(provider: AihubmixProvider): RequestHandler {
  return (req, res) => {
    const page = openAihubmixPage(provider, req, res);
    sendProblem(page, { status: 403, ...page.wording.problems.form });
  };
}

/** Say that there is no such page, or in JSON that there is no such endpoint. */
export function notFound(provider: AihubmixProvider): RequestHandler {
  return (req, res) => {
    if (prefersJson(req)) {
      res.status(404).json({ error: 'not_found', error_description: 'there is nothing here' });
      return;
    }
    const page = openAihubmixPage(provider, req, res);
    sendProblem(page, { status: 404, ...page.wording.problems.notFound });
  };
}

/** Answer what went wrong before a route could: a body that cannot be read. */
export const answerUnexpected: ErrorRequestHandler = (error, _req, res, _next) => {
  const status = Number.isInteger(error.status) ? error.status : 500;
  const code = status < 500 ? 'invalid_request' : 'server_error';
  res.status(status).json({ error: code, error_description: String(error.message) });
};
