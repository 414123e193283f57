import type { RequestHandler, Response } from 'express';
import { ApiError } from '../errors.ts';
import type { OpenSession, Sessions } from '../session/session.ts';

/** Let only requests of somebody who is signed in through, and count them as activity. */
export function signedIn(sessions: Sessions): RequestHandler {
  return (req, res, next) => {
    const session = sessions.current(req);
    if (session === undefined) throw new ApiError('not_authenticated');
    sessions.touch(session);
    res.locals.cloakroomSession = session;
    next();
  };
}

/** The session that `signedIn` let through. */
export function requireSession(res: Response): OpenSession {
  const session: OpenSession | undefined = res.locals.cloakroomSession;
  if (session === undefined) throw new ApiError('not_authenticated');
  return session;
}
