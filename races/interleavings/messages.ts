import type { Scheduler } from 'fast-check';
import { actors, type VirtualTime } from './virtual-time.ts';

/**
 * Everything that is under way between processes, store and provider. fast-check's scheduler says
 * which message arrives next; those of one lane arrive in the order they were sent, as on a
 * connection.
 */
export class Messages {
  readonly #scheduler: Scheduler;
  readonly #time: VirtualTime;
  readonly #slowest: number;
  readonly #lanes = new Map<string, (() => void)[]>();
  readonly #sentAt = new Set<{ at: number }>();
  #turning = false;
  #moment = 0;

  /** @param options.slowest milliseconds that a message may be under way: much less than a lease lives */
  constructor(options: { scheduler: Scheduler; time: VirtualTime; slowest: number }) {
    this.#scheduler = options.scheduler;
    this.#time = options.time;
    this.#slowest = options.slowest;
  }

  /** Number what happens now: the order of the events of a run. */
  moment(): number {
    this.#moment += 1;
    return this.#moment;
  }

  /** Wait for the arrival of a message. Never arrives for a process that was killed meanwhile. */
  travel(lane: string, label: string): Promise<void> {
    const actor = actors.getStore();
    const sent = { at: this.#time.now() };
    this.#sentAt.add(sent);
    const waiting = this.#lanes.get(lane) ?? [];
    this.#lanes.set(lane, waiting);
    return new Promise((resolve) => {
      waiting.push(() => {
        this.#sentAt.delete(sent);
        if (!actor?.dead) resolve();
      });
      void this.#scheduler.schedule(Promise.resolve(), `${lane} ${label}`).then(() => {
        waiting.shift()?.();
      });
    });
  }

  /** Let one message arrive, or the clock go on. @returns whether there was anything to do */
  async step(): Promise<boolean> {
    if (!this.#turning && this.#mayTurn()) this.#offerTurn();
    if (this.#scheduler.count() === 0) return false;
    await this.#scheduler.waitNext(1);
    await settled();
    return true;
  }

  #mayTurn(): boolean {
    const { next } = this.#time;
    if (next === undefined) return false;
    const [oldest = { at: next }] = this.#sentAt; // in the order they were sent
    return next <= oldest.at + this.#slowest;
  }

  #offerTurn(): void {
    this.#turning = true;
    void this.#scheduler.schedule(Promise.resolve(), 'clock').then(() => {
      this.#turning = false;
      if (this.#mayTurn()) this.#time.turn();
    });
  }
}

/** Whatever follows without another message has happened. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 2; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}
