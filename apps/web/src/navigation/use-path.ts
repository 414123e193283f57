import { useSyncExternalStore } from 'react';

const listeners = new Set<() => void>();

/** Know the path of the address bar, wherever a link of this page or the back button leads. */
export function usePath(): string {
  return useSyncExternalStore(subscribe, () => location.pathname);
}

/** Go to another path of this page without loading it anew. */
export function goTo(path: string): void {
  history.pushState(null, '', path);
  scrollTo(0, 0);
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  addEventListener('popstate', listener);
  return () => {
    listeners.delete(listener);
    removeEventListener('popstate', listener);
  };
}
