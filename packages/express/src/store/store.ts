/**
 * What the engine asks of the place that remembers: a key-value store with expiry, shared by every
 * process. All times are milliseconds. Each method rejects with `StoreUnavailableError`, and with
 * nothing else, when the store does not answer in time.
 *
 * `redis.ts` and `memory.ts` implement it; one contract suite runs on both.
 */
export interface Store {
  /** Value of a key; `null` where there is none, or one of another type than text. */
  get(key: string): Promise<string | null>;
  /** Milliseconds until a key ends; 0 where there is no such key. */
  remaining(key: string): Promise<number>;
  /** Write a key that ends by itself. */
  set(key: string, value: string, ttl: number): Promise<void>;
  /** Write a key unless it exists, atomically. @returns whether this call wrote it */
  claim(key: string, value: string, ttl: number): Promise<boolean>;
  /** Move the end of existing keys; what does not exist stays so. */
  extend(keys: readonly string[], ttl: number): Promise<void>;
  /** Write `value` and a new end, atomically only while the key holds `expected`. @returns whether it did */
  swap(key: string, expected: string, value: string, ttl: number): Promise<boolean>;
  /**
   * Go on holding `key` for `owner`: move its end where it holds that, or take it back where it ended
   * and `guard` exists. Atomic.
   */
  hold(holding: { guard: string; key: string; owner: string }, ttl: number): Promise<void>;
  /** Delete a key, atomically only while it holds `value`. @returns whether this call deleted it */
  deleteIf(key: string, value: string): Promise<boolean>;
  /** Count one more at a key that ends `ttl` after the first. @returns how many there are */
  count(key: string, ttl: number): Promise<number>;
  /** Delete keys. Those of one session live together, so one command takes them all. */
  delete(keys: readonly string[]): Promise<void>;
  /**
   * Replace `key`, keeping its end, atomically only while `guard` exists and `key` still holds
   * `expected`. `gone`: there is no `guard`; `changed`: somebody else was faster.
   */
  replace(change: {
    guard: string;
    key: string;
    expected: string;
    value: string;
  }): Promise<'replaced' | 'changed' | 'gone'>;
  /**
   * Put a member into a group and let the group live `ttl` from now.
   * @returns how many members it has
   */
  addMember(group: string, member: { name: string; value: string }, ttl: number): Promise<number>;
  /** The members of a group by name. */
  members(group: string): Promise<Record<string, string>>;
  removeMembers(group: string, names: readonly string[]): Promise<void>;
  /**
   * Milliseconds since the store, or a part of it, came back after it had been lost; `Infinity`
   * where it never was.
   */
  backFor(): number;
  /** Ask for a sign of life. */
  ping(): Promise<void>;
  /** Let go of connections and timers. */
  close(): Promise<void>;
}

/** The store did not answer: nobody may conclude from it that a session is over. */
export class StoreUnavailableError extends Error {
  constructor(cause?: unknown) {
    super('The session store does not answer', { cause });
    this.name = 'StoreUnavailableError';
  }
}
