import type { Session } from '@cloakroom/contract/session';
import type { RequestHandler } from 'express';
import type { Sessions } from '../session/session.ts';

/** `GET /auth/session`: who is signed in here, if anybody. Does not count as activity. */
export function session({ sessions }: { sessions: Sessions }): RequestHandler {
  return (req, res) => {
    const current = sessions.current(req);
    const answer: Session =
      current === undefined
        ? { authenticated: false }
        : {
            authenticated: true,
            provider: current.record.provider,
            user: current.record.user,
            created_at: iso(current.record.createdAt),
            idle_expires_at: iso(Math.min(current.idleExpiresAt, current.record.absoluteExpiresAt)),
            absolute_expires_at: iso(current.record.absoluteExpiresAt),
          };
    res.json(answer);
  };
}

const iso = (time: number) => new Date(time).toISOString();
