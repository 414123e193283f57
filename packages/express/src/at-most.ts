import { setTimeout as sleep } from 'node:timers/promises';

/** Wait for what is nice to have, but not longer than `ms`: then it is `otherwise`, and goes on alone. */
export function atMost<T>(ms: number, wanted: Promise<T>, otherwise: T): Promise<T> {
  return Promise.race([wanted, sleep(ms, otherwise, { ref: false })]);
}
