import type { Session } from '@cloakroom/contract/session';
import type { OpenSession } from '../session/session.ts';

/** Describe a session as `/auth/session` does. */
export function sessionAnswer(session: OpenSession | undefined): Session {
  if (session === undefined) return { authenticated: false };
  const { record, idleExpiresAt } = session;
  return {
    authenticated: true,
    provider: record.provider,
    user: record.user,
    created_at: iso(record.createdAt),
    idle_expires_at: iso(Math.min(idleExpiresAt, record.absoluteExpiresAt)),
    absolute_expires_at: iso(record.absoluteExpiresAt),
  };
}

const iso = (time: number) => new Date(time).toISOString();
