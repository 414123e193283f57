import type { RequestHandler } from 'express';
import { pathBack } from '../../../pages/sign-in-path.ts';
import type { Forum } from '../forum.ts';

/** `POST /logout`: forget who this browser is, and go to `return_to` or the forum's first page. */
export function logOut(forum: Forum): RequestHandler {
  return (req, res) => {
    forum.sessions.signOut(req);
    res.redirect(pathBack(forum, req.body.return_to));
  };
}
