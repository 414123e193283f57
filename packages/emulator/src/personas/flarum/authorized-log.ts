/** One line: somebody let a client in. */
export interface AuthorizedEntry {
  id: number;
  username: string;
  clientId: string;
  /** Milliseconds since the epoch. */
  at: number;
}

/** The authorized logs: what was, and nothing that could be taken back. */
export class AuthorizedLog {
  #last = 0;
  #entries: AuthorizedEntry[] = [];

  reset(): void {
    this.#entries = [];
  }

  add(entry: Omit<AuthorizedEntry, 'id'>): void {
    this.#last += 1;
    this.#entries.push({ id: this.#last, ...entry });
  }

  /** List the lines of one person, the newest first. */
  of(username: string): AuthorizedEntry[] {
    return this.#entries.filter((entry) => entry.username === username).toReversed();
  }

  /** Delete one line of somebody, or all of theirs. Tokens stay as they are. */
  remove(username: string, id?: number): void {
    this.#entries = this.#entries.filter(
      (entry) => entry.username !== username || (id !== undefined && entry.id !== id),
    );
  }
}
