import type { RequestHandler } from 'express';
import { prefersJson } from '../../../pages/prefers-json.ts';
import type { RememberizerProvider } from '../rememberizer-provider.ts';
import { sendProblem } from './problem-page.ts';
import { openRememberizerPage } from './rememberizer-page.ts';

/** Refuse a form that was not made for this browser. */
export function refuseForm(provider: RememberizerProvider): RequestHandler {
  return (req, res) => {
    const page = openRememberizerPage(provider, req, res);
    sendProblem(page, { status: 403, ...page.wording.problems.form });
  };
}

/** Say that there is no such page. */
export function pageNotFound(provider: RememberizerProvider): RequestHandler {
  return (req, res, next) => {
    if (prefersJson(req)) return next();
    const page = openRememberizerPage(provider, req, res);
    sendProblem(page, { status: 404, ...page.wording.problems.notFound });
  };
}
