/** The calls that a fault can be laid on: `token` is the code grant, `refresh` the refresh grant. */
export const ENDPOINTS = ['authorize', 'token', 'refresh', 'userinfo', 'topup'] as const;

export type Endpoint = (typeof ENDPOINTS)[number];

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

export interface Fault {
  endpoint: Endpoint;
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
export class Faults {
  #waiting: Array<Fault & { left: number }> = [];

  add(fault: Fault): void {
    this.#waiting.push({ ...fault, left: fault.times ?? Number.POSITIVE_INFINITY });
  }

  clear(): void {
    this.#waiting = [];
  }

  take(endpoint: Endpoint): Fault | undefined {
    const fault = this.#waiting.find((one) => one.endpoint === endpoint);
    if (fault === undefined) return undefined;
    fault.left -= 1;
    if (fault.left === 0) this.#waiting = this.#waiting.filter((one) => one !== fault);
    return fault;
  }
}
