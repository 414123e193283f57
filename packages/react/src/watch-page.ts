/** What a page goes through that matters to the session. */
export interface PageMoments {
  /** Somebody looks at the page again. */
  seen(): void;
  /** The page goes into the back/forward cache as it stands, or has just come back from it. */
  suspended(): void;
  resumed(): void;
  online(): void;
  offline(): void;
}

/** Listen to the page's life. @returns a function that stops listening */
export function watchPage(moments: PageMoments): () => void {
  const listeners = new AbortController();
  const { signal } = listeners;
  const seen = () => {
    if (document.visibilityState === 'visible') moments.seen();
  };
  document.addEventListener('visibilitychange', seen, { signal });
  addEventListener('focus', seen, { signal });
  addEventListener('online', () => moments.online(), { signal });
  addEventListener('offline', () => moments.offline(), { signal });
  addEventListener('pagehide', (event) => event.persisted && moments.suspended(), { signal });
  addEventListener('pageshow', (event) => event.persisted && moments.resumed(), { signal });
  return () => listeners.abort();
}
