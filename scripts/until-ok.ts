import { setTimeout as delay } from 'node:timers/promises';

/**
 * Ask an address until it answers 200.
 *
 * @param patience milliseconds
 * @throws when that is over, with the last answer
 */
export async function untilOk(url: string, patience: number): Promise<void> {
  const deadline = Date.now() + patience;
  let last = 'no answer';
  while (Date.now() < deadline) {
    last = await fetch(url, { signal: AbortSignal.timeout(2_000) }).then(
      async (response) => {
        await response.body?.cancel();
        return String(response.status);
      },
      () => 'no answer',
    );
    if (last === '200') return;
    await delay(100);
  }
  throw new Error(`${url}: ${last} after ${patience} ms`);
}
