import type { RequestHandler } from 'express';
import { returnPath } from '../../../pages/return-path.ts';
import type { Forum } from '../forum.ts';
import { type ForumPage, openForumPage } from './forum-page.ts';
import { type Filled, sendLogIn } from './log-in-box.ts';

/** `GET /login`: the box; `demo_user` fills it in for one of the demo users. */
export function logInPage(forum: Forum): RequestHandler {
  return (req, res) => {
    const page = openForumPage(forum, req, res);
    if (page.user !== undefined) return res.redirect(target(page));
    const filled = forum.users.find(String(req.query.demo_user ?? ''));
    show(page, filled && { username: filled.username, password: filled.password });
  };
}

/** Let who logged in meanwhile, in another tab, go on: the form of this tab is of the cookie before. */
export function goOnIfLoggedIn(forum: Forum): RequestHandler {
  return (req, res, next) => {
    const page = openForumPage(forum, req, res);
    if (page.user === undefined) next();
    else res.redirect(target(page));
  };
}

/** `POST /login`: a new cookie, and back to where it was asked for; or the box again, with 401. */
export function logIn(forum: Forum): RequestHandler {
  return (req, res) => {
    const page = openForumPage(forum, req, res);
    const username = String(req.body.username ?? '');
    const user = forum.users.signIn(username, String(req.body.password ?? ''));
    if (user === undefined || user.deleted) return show(page, { username, wrong: true });
    user.lastSeenAt = forum.now();
    forum.sessions.signIn(res, user.username);
    res.redirect(target(page));
  };
}

function show(page: ForumPage, filled: Filled = {}): void {
  const returnTo = target(page);
  sendLogIn(page, { ...filled, returnTo, app: waitingApp(page, returnTo) });
}

/** Where the log-in leads: only ever a page of the forum. */
function target({ req, provider: { basePath } }: ForumPage): string {
  return returnPath(basePath, req.query.return_to) ?? `${basePath}/`;
}

/** The client whose request waits behind this log-in. */
function waitingApp({ provider: forum }: ForumPage, returnTo: string): string | undefined {
  const { pathname, searchParams } = new URL(returnTo, 'http://here');
  if (pathname !== `${forum.basePath}/oauth/authorize`) return undefined;
  return forum.clients.find(searchParams.get('client_id') ?? '')?.name;
}
