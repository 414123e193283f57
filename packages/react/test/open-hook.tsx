import { render } from '@testing-library/react';
import { type ReactNode, StrictMode } from 'react';
import { SessionProvider, type SessionState, useSession } from '../src/react.ts';
import type { FakeBff } from './fake-bff.ts';

/** A page that uses hooks, as they say at any moment. */
interface HookPage<T> {
  now: () => T & { session: SessionState };
  /** Show what uses the hooks anew, as a way back to a screen does. */
  showAgain: () => void;
  close: () => void;
}

/** Open a page that uses hooks, in StrictMode as in development. */
export function openHook<T>(bff: FakeBff, useIt: () => T): HookPage<T> {
  window.history.replaceState(null, '', '/');
  let seen: (T & { session: SessionState }) | undefined;
  let times = 0;
  function Probe(): null {
    seen = { ...useIt(), session: useSession() };
    return null;
  }
  const page = (): ReactNode => (
    <StrictMode>
      <SessionProvider fetch={bff.fetch}>
        <Probe key={times} />
      </SessionProvider>
    </StrictMode>
  );
  const { rerender, unmount } = render(page());
  return {
    now: () => {
      if (seen === undefined) throw new Error('The page was not drawn.');
      return seen;
    },
    showAgain() {
      times += 1;
      rerender(page());
    },
    close: unmount,
  };
}
