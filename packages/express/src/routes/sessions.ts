import type { SessionList } from '@cloakroom/contract/session';
import type { RequestHandler } from 'express';
import { ApiError } from '../errors.ts';
import type { Log } from '../log.ts';
import { requireSession } from '../middleware/require-session.ts';
import type { Sessions } from '../session/session.ts';

/** `GET /auth/sessions`: where this user is signed in. */
export function listSessions({ sessions }: { sessions: Sessions }): RequestHandler {
  return async (_req, res) => {
    const current = requireSession(res);
    const list = await sessions.list(current);
    const answer: SessionList = list.map(({ handle, device, createdAt, lastSeenAt }) => ({
      handle,
      device,
      created_at: new Date(createdAt).toISOString(),
      last_seen_at: new Date(lastSeenAt).toISOString(),
      current: handle === current.keys.hash,
    }));
    res.json(answer);
  };
}

/** `DELETE /auth/sessions/<handle>`: end one of this user's sessions. */
export function endSession(options: { sessions: Sessions; log: Log }): RequestHandler {
  const { sessions, log } = options;

  return async (req, res) => {
    const current = requireSession(res);
    const handle = String(req.params.handle);
    const list = await sessions.list(current);
    if (!list.some((one) => one.handle === handle)) throw new ApiError('not_found');
    await sessions.end(handle, current.record);
    log.info({ event: 'session.ended_elsewhere', session: handle, by: current.keys.hash });
    res.status(204).end();
  };
}
