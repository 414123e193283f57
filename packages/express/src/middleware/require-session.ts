import type { RequestHandler, Response } from 'express';
import { ApiError } from '../errors.ts';
import type { OpenSession, Sessions } from '../session/session.ts';

/** Beside the answers, not in them: `res.locals` is what templates are given. */
const sessionOf = new WeakMap<Response, OpenSession>();

/** Let only requests of somebody who is signed in through, and count them as activity. */
export function signedIn(sessions: Sessions): RequestHandler {
  return (req, res, next) => {
    const session = sessions.current(req);
    if (session === undefined) throw new ApiError('not_authenticated');
    sessions.touch(session);
    sessionOf.set(res, session);
    next();
  };
}

/** The session that `signedIn` let through. */
export function requireSession(res: Response): OpenSession {
  const session = sessionOf.get(res);
  if (session === undefined) throw new ApiError('not_authenticated');
  return session;
}
