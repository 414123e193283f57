import { type RefObject, useEffect, useRef } from 'react';

/**
 * Give an element the focus when it appears because of what somebody has just done: what they pressed
 * is gone.
 * @param wanted `false` where it was there from the start, and nobody has left anything
 */
export function useFocusOnArrival<E extends HTMLElement>(wanted: boolean): RefObject<E | null> {
  const element = useRef<E>(null);
  const isWanted = useRef(wanted);
  useEffect(() => {
    if (isWanted.current) element.current?.focus();
  }, []);
  return element;
}
