import type { Log } from '../log.ts';

/** What is asked of a server that has just been reached. */
interface Asked {
  configGet(parameter: string): Promise<Record<string, string | undefined>>;
  info(section: string): Promise<string>;
}

/** The oldest Redis that has all that the store asks for (`SET ... KEEPTTL` came with 6.0). */
const OLDEST = 6;

/**
 * Look for the classic mistakes, and say what to do: a server that evicts signs people out at random,
 * and one that is too old cannot save a refreshed token. Where asking is not allowed, nothing is said.
 */
export async function checkServer(server: Asked, log: Log): Promise<void> {
  try {
    const { 'maxmemory-policy': policy } = await server.configGet('maxmemory-policy');
    if (policy !== undefined && policy !== 'noeviction') {
      log.warn({ event: 'store.evicts', policy, fix: 'set maxmemory-policy to noeviction' });
    }
    const version = /^redis_version:(\d+)\S*/m.exec(await server.info('server'));
    if (version !== null && Number(version[1]) < OLDEST) {
      log.error({
        event: 'store.too_old',
        version: version[0],
        fix: `use Redis ${OLDEST} or later`,
      });
    }
  } catch (err) {
    log.debug({ event: 'store.not_checked', err });
  }
}
