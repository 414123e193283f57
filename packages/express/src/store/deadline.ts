import { StoreUnavailableError } from './store.ts';

/**
 * Give an answer until `ms` have passed, then `StoreUnavailableError`. The command itself is not
 * taken back: a store that was only slow may still carry it out.
 */
export async function withDeadline<T>(answer: Promise<T>, ms: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    const giveUp = () => reject(new StoreUnavailableError(new Error(`no answer within ${ms} ms`)));
    // One more turn: a process that got no CPU for so long may have the answer in its socket.
    timer = setTimeout(() => setImmediate(giveUp), ms);
  });
  try {
    return await Promise.race([answer, tooLate]);
  } finally {
    clearTimeout(timer);
  }
}
