import { AsyncLocalStorage } from 'node:async_hooks';

/** Who is running: whatever is awaited stays with whom it began, as in a process. */
export interface Actor {
  readonly name: string;
  readonly time: VirtualTime;
  /** Whether its process was killed: nothing of it ever goes on. */
  readonly dead: boolean;
}

/** The actor that the running code belongs to. */
export const actors = new AsyncLocalStorage<Actor>();

interface Timer {
  due: number;
  actor: Actor | undefined;
  ring: () => void;
}

/** A clock that stands still until somebody turns it to the next timer. Times in milliseconds. */
export class VirtualTime {
  #now = 1_000_000_000;
  #timers: Timer[] = [];

  readonly now = (): number => this.#now;

  /** When the next timer is due; `undefined` where there is none. */
  get next(): number | undefined {
    this.#timers = this.#timers.filter(({ actor }) => !actor?.dead);
    return this.#timers[0]?.due;
  }

  /** Turn the clock to the next timer, and let it ring. */
  turn(): void {
    if (this.next === undefined) return;
    const timer = this.#timers.shift();
    if (timer === undefined) return;
    this.#now = Math.max(this.#now, timer.due);
    timer.ring();
  }

  sleep(ms: number): Promise<void> {
    const actor = actors.getStore();
    return new Promise((ring) => this.#add({ due: this.#now + ms, actor, ring }));
  }

  /** @returns a function that stops it */
  every(ms: number, ring: () => void): () => void {
    const actor = actors.getStore();
    const timer: Timer = {
      due: this.#now + ms,
      actor,
      ring: () => {
        timer.due += ms;
        this.#add(timer);
        if (actor) actors.run(actor, ring);
        else ring();
      },
    };
    this.#add(timer);
    return () => {
      this.#timers = this.#timers.filter((one) => one !== timer);
    };
  }

  #add(timer: Timer): void {
    const after = this.#timers.findIndex(({ due }) => due > timer.due);
    this.#timers.splice(after < 0 ? this.#timers.length : after, 0, timer);
  }
}
