import type { Log } from '../log.ts';

/** What is asked of a server that has just been reached. */
interface Asked {
  configGet(parameter: string): Promise<Record<string, string | undefined>>;
}

/**
 * Look for the classic mistake, and say what to do: a server that evicts signs people out at random.
 * Where asking is not allowed, nothing is said.
 */
export async function checkServer(server: Asked, log: Log): Promise<void> {
  try {
    const { 'maxmemory-policy': policy } = await server.configGet('maxmemory-policy');
    if (policy !== undefined && policy !== 'noeviction') {
      log.warn({ event: 'store.evicts', policy, fix: 'set maxmemory-policy to noeviction' });
    }
  } catch (err) {
    log.debug({ event: 'store.not_checked', err });
  }
}
