import type { VirtualTime } from './virtual-time.ts';

/**
 * `unreachable`: every connection is lost. `deaf`: commands are carried out, and nobody hears of
 * it. `frozen`: they wait until it goes on, and who asked gives up before.
 */
export type Storm = 'unreachable' | 'deaf' | 'frozen';

/** Whether the store answers: the same for all connections. */
export class StoreWeather {
  state: 'fine' | Storm = 'fine';
  /** When lost connections came back. */
  backAt = Number.NEGATIVE_INFINITY;
  /** Resolves when a frozen store goes on. */
  goesOn: Promise<void> = Promise.resolve();
  readonly #time: VirtualTime;

  constructor(time: VirtualTime) {
    this.#time = time;
  }

  /** Be away for a while. One storm at a time. @returns whether it was this one */
  async storm(kind: Storm, lasts: number): Promise<boolean> {
    if (this.state !== 'fine') return false;
    this.state = kind;
    const { promise, resolve: goOn } = Promise.withResolvers<void>();
    this.goesOn = promise;
    await this.#time.sleep(lasts);
    this.state = 'fine';
    if (kind === 'unreachable') this.backAt = this.#time.now();
    goOn();
    return true;
  }
}
