import { type RefObject, useLayoutEffect, useRef } from 'react';

/** Hand the focus on to the heading where an element goes that has it: what was pressed is gone. */
export function useFocusOnLeaving<E extends HTMLElement>(): RefObject<E | null> {
  const element = useRef<E>(null);
  // A layout effect: later the element is off the page already, and the focus is nowhere.
  useLayoutEffect(() => {
    const leaving = element.current;
    return () => {
      if (leaving?.contains(document.activeElement)) document.querySelector('h1')?.focus();
    };
  }, []);
  return element;
}
