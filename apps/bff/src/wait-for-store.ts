import { setTimeout as sleep } from 'node:timers/promises';
import type { Store } from '@cloakroom/express/store';

/**
 * Wait for the store's first sign of life, so that the first request of a new process finds it. A
 * store that is away keeps nobody from listening: what needs it is answered 503.
 * @param ms how long at most
 */
export async function waitForStore(store: Store, ms: number): Promise<void> {
  const until = performance.now() + ms;
  while (performance.now() < until) {
    const answers = await store.ping().then(
      () => true,
      () => false,
    );
    if (answers) return;
    await sleep(20);
  }
}
