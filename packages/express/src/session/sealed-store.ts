import { type SessionData, Store as SessionStore } from 'express-session';
import type { Log } from '../log.ts';
import type { Store } from '../store/store.ts';
import type { SealedTokens, TokenStore } from '../tokens/token-store.ts';
import type { Sealer } from './seal.ts';
import { sessionKeys } from './session-keys.ts';
import type { SessionRecord } from './session-record.ts';

declare module 'express-session' {
  interface SessionData {
    /** Who is signed in, and where. Absent in the empty session of an anonymous request. */
    record?: SessionRecord;
    /**
     * What travelled with the session from the store; not part of what is kept. A function, so that
     * whoever logs or sends a session does not pass its tokens on.
     */
    loaded?: () => Loaded;
    /** The cookie was signed by a secret that will go: it leaves with the response, signed by the first. */
    signedAgain?: true;
  }
}

interface Loaded {
  tokens: SealedTokens | undefined;
  /** Milliseconds until the idle time-out. */
  idleRemaining: number;
  /** Whether the first secret sealed all of it. */
  isCurrent: boolean;
}

export interface SealedStoreOptions {
  store: Store;
  sealer: Sealer;
  tokens: TokenStore;
  prefix: string;
  now: () => number;
  log: Log;
}

type Callback<T> = (error: unknown, value?: T) => void;

/**
 * The store of express-session: sealed content under a hash of the session id.
 *
 * express-session writes a session whenever a response ends and somebody changed it, so a slow
 * request could write back what was deleted or replaced meanwhile (expressjs/session#635, #935).
 * Here `set` does nothing: `create` writes, once, when a session opens.
 */
export class SealedStore extends SessionStore {
  readonly #options: SealedStoreOptions;

  constructor(options: SealedStoreOptions) {
    super();
    this.#options = options;
  }

  override get(sessionId: string, callback: Callback<SessionData | null>): void {
    this.#load(sessionId).then((session) => callback(null, session), callback);
  }

  override set(_sessionId: string, _session: SessionData, callback?: (error?: unknown) => void) {
    callback?.();
  }

  override destroy(sessionId: string, callback?: (error?: unknown) => void): void {
    const { store, prefix } = this.#options;
    store.delete([sessionKeys(prefix, sessionId).session]).then(() => callback?.(), callback);
  }

  /** Write a new session. It ends by itself after its idle time-out. */
  async create(
    sessionId: string,
    { cookie, record }: SessionData & { record: SessionRecord },
  ): Promise<void> {
    const { store, sealer, prefix } = this.#options;
    const sealed = sealer.seal(JSON.stringify({ cookie, record }), binding(sessionId));
    await store.set(sessionKeys(prefix, sessionId).session, sealed, record.idleTtl);
  }

  /** Seal a session that an old secret sealed with the first one; its end stays where it is. */
  async sealAgain(sessionId: string): Promise<void> {
    const { store, sealer, prefix } = this.#options;
    const { session: key } = sessionKeys(prefix, sessionId);
    const expected = await store.get(key);
    if (expected === null || sealer.isCurrent(expected)) return;
    const content = sealer.open(expected, binding(sessionId));
    if (content === undefined) return;
    const value = sealer.seal(content, binding(sessionId));
    await store.replace({ guard: key, key, expected, value });
  }

  // The three reads leave in one packet: one round trip.
  async #load(sessionId: string): Promise<SessionData | null> {
    const { store, sealer, tokens, prefix, now, log } = this.#options;
    const keys = sessionKeys(prefix, sessionId);
    const [sealed, sealedTokens, idleRemaining] = await Promise.all([
      store.get(keys.session),
      store.get(keys.tokens),
      store.remaining(keys.session),
    ]);
    if (sealed === null) return null;
    const content = sealer.open(sealed, binding(sessionId));
    const opened = tokens.open(sessionId, sealedTokens);
    // Tampered with, or sealed by a secret that only other processes know yet: not ours to end.
    if (content === undefined || (sealedTokens !== null && opened === undefined)) {
      log.warn({ event: 'session.not_opened', session: keys.hash });
      return null;
    }
    const session: SessionData = JSON.parse(content);
    if (session.record === undefined || session.record.absoluteExpiresAt <= now()) return null;
    const isCurrent = [sealed, sealedTokens ?? sealed].every(sealer.isCurrent);
    const loaded = { tokens: opened, idleRemaining, isCurrent };
    session.loaded = () => loaded;
    return session;
  }
}

const binding = (sessionId: string) => ({ context: 'session', salt: sessionId });
