import type { Request, RequestHandler } from 'express';
import type { ErrorOut, KoaContextWithOIDC } from 'oidc-provider';
import { html } from '../../../pages/html.ts';
import { prefersJson } from '../../../pages/prefers-json.ts';
import { type Problem, problemText } from '../../../pages/problem.ts';
import type { Issuer } from '../issuer.ts';
import {
  type Content,
  type OidcPage,
  openOidcPage,
  openPageWithin,
  sendPage,
  sendPageWithin,
} from './oidc-page.ts';

/** Send a page that says what is wrong. */
export function sendProblem(page: OidcPage, problem: Problem): void {
  sendPage(page, describe(page, problem));
}

/** Show what the library refuses where nobody may be sent anywhere; JSON for who wants no page. */
export function showRefusal(issuer: Issuer, ctx: KoaContextWithOIDC, out: ErrorOut): void {
  if (prefersJson(ctx.req as Request)) {
    ctx.body = out;
    return;
  }
  const page = openPageWithin(issuer, ctx);
  const { problems } = page.wording;
  const { status } = ctx;
  const description = out.error_description ?? '';
  const isOver = /session|expired/.test(description) && out.error === 'invalid_request';
  const words = status >= 500 ? problems.ours : isOver ? problems.expired : problems.request;
  const forDevelopers = `${out.error}: ${description}`;
  sendPageWithin(ctx, page, describe(page, { status, ...words, forDevelopers }));
}

/** Refuse a form that was not made for this browser. */
export function refuseForm(issuer: Issuer): RequestHandler {
  return (req, res) => {
    const page = openOidcPage(issuer, req, res);
    sendProblem(page, { status: 403, ...page.wording.problems.form });
  };
}

/** Say that there is no such page, or in JSON that there is no such endpoint. */
export function notFound(issuer: Issuer): RequestHandler {
  return (req, res) => {
    if (prefersJson(req)) {
      res.status(404).json({ error: 'not_found', error_description: 'there is nothing here' });
      return;
    }
    const page = openOidcPage(issuer, req, res);
    sendProblem(page, { status: 404, ...page.wording.problems.notFound });
  };
}

function describe({ wording }: OidcPage, problem: Problem): Content {
  const body = html`
    <p class="problem-mark" aria-hidden="true">${problem.status}</p>
    ${problemText(problem, wording.problems.developerHint)}`;
  return { title: problem.title, body, status: problem.status };
}
