import { actors } from './virtual-time.ts';

/** What a test puts in the place of `node:timers/promises`: the clock of whoever asks. */
export function setTimeout(ms: number): Promise<void> {
  const actor = actors.getStore();
  if (actor === undefined) throw new Error('a timer of nobody');
  return actor.time.sleep(ms);
}

const realSetInterval = globalThis.setInterval;
const realClearInterval = globalThis.clearInterval;
const stops = new Map<object, () => void>();

/** `setInterval` on the clock of whoever asks; on the real one for nobody. */
export function virtualSetInterval(ring: () => void, ms: number): object {
  const actor = actors.getStore();
  if (actor === undefined) return realSetInterval(ring, ms);
  const handle = { unref: () => handle };
  stops.set(handle, actor.time.every(ms, ring));
  return handle;
}

export function virtualClearInterval(handle: object): void {
  const stop = stops.get(handle);
  if (stop === undefined) realClearInterval(handle as NodeJS.Timeout);
  stop?.();
  stops.delete(handle);
}
