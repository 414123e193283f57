import { render, screen, waitFor } from '@testing-library/react';
import { type ReactNode, StrictMode } from 'react';
import { expect } from 'vitest';
import {
  LoginLink,
  SessionProvider,
  type SessionState,
  useLogout,
  useSession,
  useTopup,
  useUserInfo,
} from '../src/react.ts';
import type { FakeBff } from './fake-bff.ts';

/** What the test page knows. */
export interface Seen {
  session: SessionState;
  user: ReturnType<typeof useUserInfo>;
  logout: ReturnType<typeof useLogout>;
  topup: ReturnType<typeof useTopup>;
}

/** Open a page at an address, in StrictMode as in development. @returns what it sees at any moment */
export function openPage(bff: FakeBff, address = '/'): { now: () => Seen; close: () => void } {
  window.history.replaceState(null, '', address);
  let seen: Seen | undefined;
  function Probe(): ReactNode {
    seen = { session: useSession(), user: useUserInfo(), logout: useLogout(), topup: useTopup() };
    return (
      <>
        <p>{JSON.stringify([seen.session, seen.user.user])}</p>
        <LoginLink provider="acme">log in</LoginLink>
      </>
    );
  }
  const { unmount } = render(
    <StrictMode>
      <SessionProvider fetch={bff.fetch}>
        <Probe />
      </SessionProvider>
    </StrictMode>,
  );
  return {
    now: () => {
      if (seen === undefined) throw new Error('The page was not drawn.');
      return seen;
    },
    close: unmount,
  };
}

/** Wait till the page is in a state. */
export async function untilStatus(
  page: { now: () => Pick<Seen, 'session'> },
  status: SessionState['status'],
) {
  await waitFor(() => expect(page.now().session.status).toBe(status));
}

/** Everything that the page shows. */
export function textOfPage(): string {
  return document.body.textContent ?? '';
}

/** Where the login link leads. */
export function loginAddress(): URL {
  const link = screen.getByRole<HTMLAnchorElement>('link', { name: 'log in' });
  return new URL(link.href);
}
