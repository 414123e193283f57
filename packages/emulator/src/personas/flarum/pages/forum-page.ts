import type { Request, RequestHandler, Response } from 'express';
import { openPage, type Page } from '../../../pages/page.ts';
import { type SignedIn, showSignedIn } from '../../../pages/sign-in-flow.ts';
import type { Forum } from '../forum.ts';
import { en } from '../wording/en.ts';
import type { Wording } from '../wording/wording.ts';
import { zhHans } from '../wording/zh-hans.ts';
import { zhHant } from '../wording/zh-hant.ts';
import { sendProblem } from './problem-page.ts';

export type ForumPage = Page<Wording, Forum>;

/** A page for somebody who is logged in. */
export type MemberPage = SignedIn<ForumPage>;

/** Open a page in this persona's words. */
export function openForumPage(forum: Forum, req: Request, res: Response): ForumPage {
  const page = openPage(forum, { 'zh-Hant': zhHant, 'zh-Hans': zhHans, en }, { req, res });
  return page.user?.deleted ? { ...page, user: undefined } : page;
}

/** Show a page to who is logged in; anybody else logs in first and comes back. */
export function forMember(forum: Forum, show: (page: MemberPage) => void): RequestHandler {
  return (req, res) => showSignedIn(openForumPage(forum, req, res), show);
}

/** Show a page to administrators only. */
export function forAdministrator(forum: Forum, show: (page: MemberPage) => void): RequestHandler {
  return forMember(forum, (page) => {
    if (page.user.developer) show(page);
    else sendProblem(page, { status: 403, ...page.wording.problems.notAllowed });
  });
}
