import { PATHS } from '@cloakroom/contract/paths';
import { type SessionList, sessionListSchema } from '@cloakroom/contract/session';
import { type Freshness, usePersonalQuery } from './use-personal-query.ts';

/** Names the list among what is fetched. */
export const SESSIONS = 'sessions';

/** Where somebody is signed in, and how fresh that is. */
export interface SessionsState extends Freshness {
  /** The newest first. The last that is known; it goes with the session. */
  sessions: SessionList | undefined;
}

/** Fetch where this user is signed in, anew each time that a component begins to show it. */
export function useSessions(): SessionsState {
  const { data: sessions, ...freshness } = usePersonalQuery({
    name: SESSIONS,
    path: PATHS.sessions,
    schema: sessionListSchema,
    onEachMount: true,
  });
  return { sessions, ...freshness };
}
