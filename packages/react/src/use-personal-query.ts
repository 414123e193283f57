import { type Query, type QueryKey, useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import { ApiError, isPassing } from './api-error.ts';
import { retryDelay } from './next-check.ts';
import { useSessionClient } from './session-provider.tsx';
import { useSession } from './use-session.ts';

/** How fresh something personal is. */
export interface Freshness {
  /** When it was fetched (milliseconds since 1970). */
  updatedAt: number | undefined;
  /** Why the last try failed; it stays while the next one is on its way. */
  error: ApiError | undefined;
  /** When the next try is, without anybody doing anything (milliseconds since 1970). */
  retryAt: number | undefined;
  isRefreshing: boolean;
  /** Fetch it now. Never throws: see `error`. */
  refresh: () => Promise<{ ok: boolean }>;
}

/** What is fetched for whoever is signed in. */
export interface PersonalQuery<T> {
  /** One word, as a key: the end of a session takes what is kept under it away. */
  name: string;
  path: string;
  schema: z.ZodType<T>;
  /** Fetch it each time that a component begins to show it. @default once a session */
  onEachMount?: boolean;
}

/**
 * Fetch something personal while somebody is signed in. It is not fetched again on focus: every call
 * for it extends the session, and looking at a page is not using it.
 * @returns also `data`: the last that is known, which stays while something is down
 */
export function usePersonalQuery<T>({
  name,
  path,
  schema,
  onEachMount = false,
}: PersonalQuery<T>): Freshness & { data: T | undefined } {
  const client = useSessionClient();
  const state = useSession();
  const session = state.status === 'signedIn' ? state.session : undefined;
  const query = useQuery<T | null>(
    {
      // A session begins at one moment: another login of the same user is another entry.
      queryKey: [...personalKey(name), session?.created_at],
      queryFn: ({ signal }) => client.request(path, { schema, signal }),
      enabled: session !== undefined,
      retry: false,
      // Not undefined: a query without data forgets its error as soon as it tries again.
      initialData: null,
      staleTime: ({ state: { data } }) => (data === null ? 0 : Number.POSITIVE_INFINITY),
      refetchOnMount: onEachMount ? 'always' : true,
      refetchOnWindowFocus: false,
      refetchInterval: retryIn,
      networkMode: 'always',
    },
    client.queries,
  );
  const error = query.error instanceof ApiError ? query.error : undefined;
  const wait = delayAfter(error);
  return {
    data: query.data ?? undefined,
    updatedAt: query.data === null ? undefined : query.dataUpdatedAt,
    error,
    retryAt: wait === undefined ? undefined : query.errorUpdatedAt + wait,
    isRefreshing: query.isFetching,
    refresh: async () => ({ ok: (await query.refetch()).isSuccess }),
  };
}

/** Begin the key of something personal. */
export function personalKey(name: string): QueryKey {
  return ['personal', name];
}

function retryIn<T>(query: Query<T | null, Error, T | null, QueryKey>): number | false {
  return delayAfter(query.state.error) ?? false;
}

const PROVIDER_PAUSE_S = 15;

function delayAfter(error: unknown): number | undefined {
  return isPassing(error) ? retryDelay(1, error.retryAfter ?? PROVIDER_PAUSE_S) : undefined;
}
