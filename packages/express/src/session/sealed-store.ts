import { RedisStore } from 'connect-redis';
import { type SessionData, Store as SessionStore } from 'express-session';
import type { Store } from '../store/store.ts';
import type { SealedTokens, TokenStore } from '../tokens/token-store.ts';
import type { Sealer } from './seal.ts';
import { sessionKeys } from './session-keys.ts';
import type { SessionRecord } from './session-record.ts';

declare module 'express-session' {
  interface SessionData {
    /** Who is signed in, and where. Absent in the empty session of an anonymous request. */
    record?: SessionRecord;
    /** What travelled with the session from the store; not part of what is kept. */
    loaded?: { tokens: SealedTokens | undefined; idleRemaining: number; isCurrent: boolean };
    /** The cookie was signed by a secret that will go: it leaves with the response, signed by the first. */
    signedAgain?: true;
  }
}

export interface SealedStoreOptions {
  store: Store;
  sealer: Sealer;
  tokens: TokenStore;
  prefix: string;
  now: () => number;
}

type Callback<T> = (error: unknown, value?: T) => void;

/**
 * The store of express-session: connect-redis, under a hash of the session id, with sealed content.
 *
 * express-session writes a session whenever a response ends and somebody changed it, so a slow
 * request could write back what was deleted or replaced meanwhile (expressjs/session#635, #935).
 * Here `set` does nothing: `create` writes, once, when a session opens.
 */
export class SealedStore extends SessionStore {
  readonly #inner: RedisStore;
  readonly #options: SealedStoreOptions;

  constructor(options: SealedStoreOptions) {
    super();
    this.#options = options;
    this.#inner = new RedisStore({
      client: connectRedisClient(options.store),
      prefix: '',
      ttl: ({ record }: SessionData) => Math.ceil((record?.idleTtl ?? 0) / 1000),
    });
  }

  override get(sessionId: string, callback: Callback<SessionData | null>): void {
    this.#load(sessionId).then((session) => callback(null, session), callback);
  }

  override set(_sessionId: string, _session: SessionData, callback?: (error?: unknown) => void) {
    callback?.();
  }

  override destroy(sessionId: string, callback?: (error?: unknown) => void): void {
    const keys = sessionKeys(this.#options.prefix, sessionId);
    this.#inner.destroy(keys.session).then(() => callback?.(), callback);
  }

  /** Write a new session. It ends by itself after its idle time-out. */
  async create(sessionId: string, session: SessionData & { record: SessionRecord }): Promise<void> {
    const keys = sessionKeys(this.#options.prefix, sessionId);
    const content = JSON.stringify({ cookie: session.cookie, record: session.record });
    const sealed = this.#options.sealer.seal(content, binding(sessionId));
    // connect-redis asks `ttl` for the record's idle time-out and writes the rest as JSON.
    const entry = { toJSON: () => ({ sealed }), record: session.record, cookie: session.cookie };
    await this.#inner.set(keys.session, entry);
  }

  /** Seal a session that an old secret sealed with the first one; its end stays where it is. */
  async sealAgain(sessionId: string): Promise<void> {
    const { store, sealer, prefix } = this.#options;
    const { session: key } = sessionKeys(prefix, sessionId);
    const expected = await store.get(key);
    const { sealed = '' } = JSON.parse(expected ?? '{}');
    const content = sealer.open(sealed, binding(sessionId));
    if (expected === null || content === undefined || sealer.isCurrent(sealed)) return;
    const value = JSON.stringify({ sealed: sealer.seal(content, binding(sessionId)) });
    await store.replace({ guard: key, key, expected, value });
  }

  // The three reads leave in one packet: one round trip.
  async #load(sessionId: string): Promise<SessionData | null> {
    const { store, sealer, tokens, prefix, now } = this.#options;
    const keys = sessionKeys(prefix, sessionId);
    const [entry, sealedTokens, idleRemaining] = await Promise.all([
      this.#inner.get(keys.session).catch(nullForInvalidJson),
      store.get(keys.tokens),
      store.remaining(keys.session),
    ]);
    const content =
      typeof entry?.sealed === 'string' && sealer.open(entry.sealed, binding(sessionId));
    if (!content) return null;
    const session: SessionData = JSON.parse(content);
    if (session.record === undefined || session.record.absoluteExpiresAt <= now()) return null;
    const isCurrent = [entry.sealed, sealedTokens ?? entry.sealed].every(sealer.isCurrent);
    session.loaded = { tokens: tokens.open(sessionId, sealedTokens), idleRemaining, isCurrent };
    return session;
  }
}

const binding = (sessionId: string) => ({ context: 'session', salt: sessionId });

/** What is no JSON was not written by us: no session. */
function nullForInvalidJson(error: unknown): null {
  if (error instanceof SyntaxError) return null;
  throw error;
}

/** The commands that connect-redis calls, on any store. */
function connectRedisClient(store: Store) {
  return {
    get: (key: string) => store.get(key),
    set: (key: string, value: string, { expiration }: { expiration: { value: number } }) =>
      store.set(key, value, expiration.value * 1000),
    del: (keys: string[]) => store.delete(keys),
  };
}
