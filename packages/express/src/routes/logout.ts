import type { Logout } from '@cloakroom/contract/session';
import type { RequestHandler } from 'express';
import type { Log } from '../log.ts';
import type { SessionCookie } from '../middleware/session-cookie.ts';
import type { Sessions } from '../session/session.ts';

/** `POST /auth/logout`: end the session before the answer leaves; 200 also without one. */
export function logout(options: {
  sessions: Sessions;
  sessionCookie: SessionCookie;
  log: Log;
}): RequestHandler {
  const { sessions, sessionCookie, log } = options;

  return async (req, res) => {
    const session = sessions.current(req);
    if (session !== undefined) {
      await sessions.close(session);
      log.info({ event: 'session.logged_out', session: session.keys.hash });
    }
    sessionCookie.clear(res);
    // Nothing of this user stays in the browser (ASVS 14.3.1).
    res.set('Clear-Site-Data', '"cache", "storage"');
    const answer: Logout = { logout_url: null };
    res.json(answer);
  };
}
