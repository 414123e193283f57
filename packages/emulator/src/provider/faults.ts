/**
 * What goes wrong: `status` a JSON error; `html` a page where JSON belongs; `malformed-json` half
 * an object; `delay` only late; `hang` never an answer; `reset` a TCP reset; `lost-answer` the work
 * is done, then the connection breaks; `redirect` elsewhere; `huge` 32 MiB of JSON.
 */
export const FAULT_KINDS = [
  'status',
  'html',
  'malformed-json',
  'delay',
  'hang',
  'reset',
  'lost-answer',
  'redirect',
  'huge',
] as const;

export type FaultKind = (typeof FAULT_KINDS)[number];

/** What goes wrong at one of a persona's endpoints. */
export interface Fault<Name extends string> {
  endpoint: Name;
  kind: FaultKind;
  /** HTTP status of `status` (default 500), `html` and `malformed-json` (200), `redirect` (302). */
  status?: number | undefined;
  /** Milliseconds to wait before the fault shows; default 0, 1000 for `delay`. */
  ms?: number | undefined;
  /** Seconds for the header Retry-After. */
  retryAfter?: number | undefined;
  /** How many calls it hits; until cleared where absent. */
  times?: number | undefined;
}

/** The faults that wait for a call. The oldest that fits is taken. */
export class Faults<Name extends string> {
  #waiting: Array<Fault<Name> & { left: number }> = [];

  add(fault: Fault<Name>): void {
    this.#waiting.push({ ...fault, left: fault.times ?? Number.POSITIVE_INFINITY });
  }

  clear(): void {
    this.#waiting = [];
  }

  take(endpoint: Name): Fault<Name> | undefined {
    const fault = this.#waiting.find((one) => one.endpoint === endpoint);
    if (fault === undefined) return undefined;
    fault.left -= 1;
    if (fault.left === 0) this.#waiting = this.#waiting.filter((one) => one !== fault);
    return fault;
  }
}
