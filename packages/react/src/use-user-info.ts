import { PATHS } from '@cloakroom/contract/paths';
import { type UserInfo, userInfoSchema } from '@cloakroom/contract/user-info';
import { type Query, useQuery } from '@tanstack/react-query';
import { ApiError, isPassing } from './api-error.ts';
import { retryDelay } from './next-check.ts';
import { useSessionClient } from './session-provider.tsx';
import { useSession } from './use-session.ts';

/** The provider's user, and how fresh that is. */
export interface UserInfoState {
  /** The last that is known; it stays while the provider is down, and goes with the session. */
  user: UserInfo | undefined;
  /** When it was fetched (milliseconds since 1970). */
  updatedAt: number | undefined;
  /** Why the last try failed. */
  error: ApiError | undefined;
  /** When the next try is, without anybody doing anything (milliseconds since 1970). */
  retryAt: number | undefined;
  isRefreshing: boolean;
  /** Fetch it now. Never throws: see `error`. */
  refresh: () => Promise<{ ok: boolean }>;
}

/**
 * Fetch the provider's user while somebody is signed in. It is not fetched again on focus: every call
 * for it extends the session, and looking at a page is not using it.
 */
export function useUserInfo(): UserInfoState {
  const client = useSessionClient();
  const state = useSession();
  const session = state.status === 'signedIn' ? state.session : undefined;
  const query = useQuery<UserInfo, Error>(
    {
      // A session begins at one moment: another login of the same user is another entry.
      queryKey: ['personal', 'user-info', session?.created_at],
      queryFn: ({ signal }) => client.request(PATHS.userInfo, { schema: userInfoSchema, signal }),
      enabled: session !== undefined,
      retry: false,
      staleTime: Number.POSITIVE_INFINITY,
      refetchOnWindowFocus: false,
      refetchInterval: retryIn,
      networkMode: 'always',
    },
    client.queries,
  );
  const error = query.error instanceof ApiError ? query.error : undefined;
  const wait = delayAfter(error);
  return {
    user: query.data,
    updatedAt: query.data === undefined ? undefined : query.dataUpdatedAt,
    error,
    retryAt: wait === undefined ? undefined : query.errorUpdatedAt + wait,
    isRefreshing: query.isFetching,
    refresh: async () => ({ ok: (await query.refetch()).isSuccess }),
  };
}

function retryIn(query: Query<UserInfo, Error>): number | false {
  return delayAfter(query.state.error) ?? false;
}

const PROVIDER_PAUSE_S = 15;

function delayAfter(error: unknown): number | undefined {
  return isPassing(error) ? retryDelay(1, error.retryAfter ?? PROVIDER_PAUSE_S) : undefined;
}
