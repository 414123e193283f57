import { Library } from './library.ts';

/** The library of each person, made when it is first asked for. */
export class Libraries {
  readonly #now: () => number;
  #libraries = new Map<string, Library>();

  constructor(now: () => number) {
    this.#now = now;
  }

  reset(): void {
    this.#libraries.clear();
  }

  of(username: string): Library {
    const found = this.#libraries.get(username) ?? new Library(username, this.#now());
    this.#libraries.set(username, found);
    return found;
  }
}
