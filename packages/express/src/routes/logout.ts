import type { Logout } from '@cloakroom/contract/session';
import type { RequestHandler, Response } from 'express';
import type { Log } from '../log.ts';
import type { SessionCookie } from '../middleware/session-cookie.ts';
import type { Sessions } from '../session/session.ts';

export interface LogoutOptions {
  sessions: Sessions;
  sessionCookie: SessionCookie;
  log: Log;
}

/** `POST /auth/logout`: end the session before the answer leaves; 200 also without one. */
export function logout({ sessions, sessionCookie, log }: LogoutOptions): RequestHandler {
  return async (req, res) => {
    const session = sessions.current(req);
    if (session !== undefined) {
      await sessions.close(session);
      log.info({ event: 'session.logged_out', session: session.keys.hash });
    }
    answer(res, sessionCookie);
  };
}

/** `POST /auth/logout/all`: the same for every session of this user. */
export function logoutAll({ sessions, sessionCookie, log }: LogoutOptions): RequestHandler {
  return async (req, res) => {
    const session = sessions.current(req);
    if (session !== undefined) {
      const others = await sessions.list(session);
      await Promise.all(others.map(({ handle }) => sessions.end(session.record, handle)));
      await sessions.close(session);
      const ended = others.length;
      log.info({ event: 'session.logged_out_everywhere', session: session.keys.hash, ended });
    }
    answer(res, sessionCookie);
  };
}

function answer(res: Response, sessionCookie: SessionCookie): void {
  sessionCookie.clear(res);
  // Nothing of this user stays in the browser (ASVS 14.3.1).
  res.set('Clear-Site-Data', '"cache", "storage"');
  const body: Logout = { logout_url: null };
  res.json(body);
}
