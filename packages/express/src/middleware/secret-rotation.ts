import type { RequestHandler } from 'express';
import type { SealAgain } from '../session/seal-again.ts';
import type { Sessions } from '../session/session.ts';
import type { SessionCookie } from './session-cookie.ts';

/**
 * After a rotation of secrets, bring a session that somebody uses to the first one: its cookie
 * leaves with the answer signed anew, and what is stored is sealed anew (ASVS 13.3.4).
 */
export function secretRotation(options: {
  sessions: Sessions;
  sessionCookie: SessionCookie;
  sealAgain: SealAgain;
}): RequestHandler {
  const { sessions, sessionCookie, sealAgain } = options;

  return (req, _res, next) => {
    const session = sessions.current(req);
    if (session !== undefined) {
      sessionCookie.signAgain(req, session);
      if (!session.isCurrent) sealAgain(session);
    }
    next();
  };
}
