import type { ErrorRequestHandler, RequestHandler } from 'express';
import type { Forum } from '../forum.ts';
import { openForumPage } from './forum-page.ts';
import { sendProblem } from './problem-page.ts';

/** Refuse a form that was not made for this browser. */
export function refuseForm(forum: Forum): RequestHandler {
  return (req, res) => {
    const page = openForumPage(forum, req, res);
    sendProblem(page, { status: 403, ...page.wording.problems.form });
  };
}

/** Say that there is no such page: a page, whoever asks. An address with a slash at its end is another one. */
export function notFound(forum: Forum): RequestHandler {
  return (req, res) => {
    const page = openForumPage(forum, req, res);
    sendProblem(page, { status: 404, ...page.wording.problems.notFound });
  };
}

/** Say that an address is there, but only for one method. */
export function onlyFor(method: string, forum: Forum): RequestHandler {
  return (req, res) => {
    const page = openForumPage(forum, req, res);
    res.set('Allow', method);
    sendProblem(page, { status: 405, ...page.wording.problems.method });
  };
}

/** Answer what went wrong before a route could: a body that cannot be read. */
export function answerUnexpected(forum: Forum): ErrorRequestHandler {
  return (error, req, res, _next) => {
    const page = openForumPage(forum, req, res);
    const status = Number.isInteger(error.status) ? error.status : 500;
    sendProblem(page, { status, ...page.wording.problems.form });
  };
}
