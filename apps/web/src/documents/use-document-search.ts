import { PATHS } from '@cloakroom/contract/paths';
import { ApiError, useApiRequest } from '@cloakroom/react';
import { useEffect, useRef, useState } from 'react';
import { type FoundChunk, searchAnswerSchema } from './search-answer.ts';

/** How far a search got. */
export type DocumentSearch =
  | { status: 'idle' }
  /** What the search before has found stays on the page until there is an answer. */
  | { status: 'searching'; chunks: readonly FoundChunk[] }
  | { status: 'found'; query: string; chunks: readonly FoundChunk[] }
  | { status: 'failed'; error: ApiError };

const MOST = '5';

/** Search the documents of whoever is signed in. A new search puts an end to the one before. */
export function useDocumentSearch(): {
  search: DocumentSearch;
  start: (query: string) => Promise<void>;
} {
  const request = useApiRequest();
  const [search, setSearch] = useState<DocumentSearch>({ status: 'idle' });
  const latest = useRef<AbortController>(undefined);
  useEffect(() => () => latest.current?.abort(), []);
  const start = async (query: string) => {
    latest.current?.abort();
    latest.current = new AbortController();
    const { signal } = latest.current;
    setSearch((before) => ({ status: 'searching', chunks: chunksOf(before) }));
    try {
      const path = `${PATHS.resources}/documents/search/?${new URLSearchParams({ q: query, n: MOST })}`;
      const chunks = await request(path, { schema: searchAnswerSchema, signal });
      if (!signal.aborted) setSearch({ status: 'found', query, chunks });
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof ApiError)) throw error;
      setSearch({ status: 'failed', error });
    }
  };
  return { search, start };
}

/** Name what is on the page of a search. */
export function chunksOf(search: DocumentSearch): readonly FoundChunk[] {
  return 'chunks' in search ? search.chunks : [];
}
