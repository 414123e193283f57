import { createContext, type ReactNode, useContext, useEffect, useState } from 'react';
import { type Landing, readLanding } from './address-bar.ts';
import { hasFarewellNote } from './farewell-note.ts';
import { SessionClient } from './session-client.ts';

const SessionContext = createContext<SessionClient | undefined>(undefined);

/** What a `SessionProvider` takes. What it was first given counts; later changes do not. */
export interface SessionProviderProps {
  children: ReactNode;
  /** Sends the calls. @default globalThis.fetch */
  fetch?: typeof globalThis.fetch;
  /**
   * Milliseconds between checks while somebody is signed in. Absent: a check on load, on focus, when
   * the session is due to end, and when another tab says so.
   */
  pollInterval?: number;
}

/** Hold the session state of the page for every hook below. One per page, near its root. */
export function SessionProvider({
  children,
  fetch,
  pollInterval,
}: SessionProviderProps): ReactNode {
  // Reading the address bar changes nothing, so StrictMode may do it twice; `connect` cleans it.
  const [client] = useState(
    () => new SessionClient({ landing: findLanding(), fetch, pollInterval }),
  );
  useEffect(() => client.connect(), [client]);
  return <SessionContext value={client}>{children}</SessionContext>;
}

function findLanding(): Landing {
  const { landing } = readLanding(location.href);
  return hasFarewellNote() ? { ...landing, farewell: 'here' } : landing;
}

/**
 * Find the session client of the page.
 * @throws {Error} outside of a `SessionProvider`
 */
export function useSessionClient(): SessionClient {
  const client = useContext(SessionContext);
  if (client === undefined) throw new Error('Put a <SessionProvider> around this component.');
  return client;
}
