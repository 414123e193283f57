import { PATHS } from '@cloakroom/contract/paths';
import type { SessionList } from '@cloakroom/contract/session';
import { z } from 'zod';
import { ApiError } from './api-error.ts';
import type { SessionClient } from './session-client.ts';
import { useSessionClient } from './session-provider.tsx';
import { type ActionState, useAction } from './use-action.ts';
import { personalKey } from './use-personal-query.ts';
import { SESSIONS } from './use-sessions.ts';

/**
 * End one of this user's sessions, by its handle. It leaves the list of `useSessions`; one that has
 * ended by itself meanwhile is simply gone.
 */
export function useEndSession(): ActionState & {
  endSession: (handle: string) => Promise<{ ok: boolean }>;
} {
  const client = useSessionClient();
  const { act, ...state } = useAction((handle: string) => endSession(client, handle));
  return { ...state, endSession: act };
}

async function endSession(client: SessionClient, handle: string): Promise<void> {
  const path = `${PATHS.sessions}/${encodeURIComponent(handle)}`;
  try {
    await client.request(path, { method: 'DELETE', schema: z.undefined() });
  } catch (error) {
    if (!(error instanceof ApiError && error.code === 'not_found')) throw error;
  }
  await takeOffTheList(client, handle);
}

async function takeOffTheList({ queries, check }: SessionClient, handle: string): Promise<void> {
  const lists = { queryKey: personalKey(SESSIONS) };
  // A list that is on its way may have been written before.
  await queries.cancelQueries(lists);
  const all = queries.getQueriesData<SessionList>(lists).flatMap(([, list]) => list ?? []);
  queries.setQueriesData<SessionList>(lists, (list) =>
    list?.filter((one) => one.handle !== handle),
  );
  // It was this very one: nobody is signed in here any more.
  if (all.some((one) => one.handle === handle && one.current)) void check();
}
