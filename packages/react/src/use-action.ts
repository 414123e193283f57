import { useRef, useState } from 'react';
import { ApiError } from './api-error.ts';

/** How far something got that was asked of the BFF. */
export interface ActionState {
  isPending: boolean;
  /** Why the last try failed. It goes with the next one. */
  error: ApiError | undefined;
}

const IDLE: ActionState = { isPending: false, error: undefined };

/**
 * Do something at the BFF, one at a time: while it is on its way, doing it again does nothing. What it
 * was given is not kept.
 * @returns also `act`, which never throws an `ApiError`: see `error`
 */
export function useAction<Args extends readonly unknown[]>(
  perform: (...args: Args) => Promise<unknown>,
): ActionState & { act: (...args: Args) => Promise<{ ok: boolean }> } {
  const [state, setState] = useState(IDLE);
  // Not the state: two presses may come before the page is drawn again.
  const isBusy = useRef(false);
  const act = async (...args: Args) => {
    if (isBusy.current) return { ok: false };
    isBusy.current = true;
    setState({ isPending: true, error: undefined });
    try {
      await perform(...args);
      setState(IDLE);
      return { ok: true };
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      setState({ isPending: false, error });
      return { ok: false };
    } finally {
      isBusy.current = false;
    }
  };
  return { ...state, act };
}
