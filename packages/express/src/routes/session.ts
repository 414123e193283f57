import type { RequestHandler } from 'express';
import type { Sessions } from '../session/session.ts';
import { sessionAnswer } from './session-answer.ts';

/** `GET /auth/session`: who is signed in here, if anybody. Does not count as activity. */
export function session({ sessions }: { sessions: Sessions }): RequestHandler {
  return (req, res) => {
    res.json(sessionAnswer(sessions.current(req)));
  };
}
