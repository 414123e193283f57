import type { Log } from '../log.ts';
import type { Store } from '../store/store.ts';
import { requestLease } from '../tokens/lease.ts';
import type { TokenStore } from '../tokens/token-store.ts';
import type { SealedStore } from './sealed-store.ts';
import type { OpenSession } from './session.ts';
import type { SessionIndex } from './session-index.ts';

/**
 * Seal all of a session with the first secret, after a rotation: then the old one can go. Never
 * waits, never fails: what does not come about now does at a later request.
 */
export type SealAgain = (session: OpenSession) => void;

export interface SealAgainOptions {
  store: Store;
  sealedStore: SealedStore;
  index: SessionIndex;
  tokens: TokenStore;
  log: Log;
}

export function createSealAgain(options: SealAgainOptions): SealAgain {
  const { store, sealedStore, index, tokens, log } = options;

  return (session) => {
    const { hash } = session.keys;
    sealAgain(session).catch((err) =>
      log.warn({ event: 'session.not_sealed_again', session: hash, err }),
    );
  };

  async function sealAgain(session: OpenSession): Promise<void> {
    const { hash } = session.keys;
    // Tokens are compared as they are sealed: only who holds the right to refresh may change that.
    const request = await requestLease(store, session.keys);
    if (request.kind !== 'held') return;
    const stopKeeping = request.lease.keep();
    try {
      // Entries come first: what else is left counts as not sealed again, and a later request goes on.
      await index.sealAgain(session.record, hash);
      await sealedStore.sealAgain(session.id);
      await tokens.sealAgain(session);
    } finally {
      await stopKeeping();
      await request.lease.release();
    }
    log.info({ event: 'session.sealed_again', session: hash });
  }
}
