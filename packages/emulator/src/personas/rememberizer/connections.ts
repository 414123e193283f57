import { isMeant, type Whose } from '../../provider/whose.ts';
import type { Access } from './knowledge/library.ts';

/** What a user let an app read, or the request that the user cancelled and may still come back to. */
export interface Connection {
  username: string;
  clientId: string;
  status: 'connected' | 'pending';
  /** Milliseconds since the epoch. */
  since: number;
  mementos: number[];
  /** Whether the app may memorise, and read what was memorised. */
  memory: boolean;
  /** The path of the authorization request, to continue at. */
  request: string;
}

/** "Your connected apps" of everybody: one entry for a user and an app. */
export class Connections {
  #connections: Connection[] = [];

  reset(): void {
    this.#connections = [];
  }

  all(): Connection[] {
    return [...this.#connections];
  }

  of(username: string, status: Connection['status']): Connection[] {
    return this.#connections.filter((one) => one.username === username && one.status === status);
  }

  find(username: string, clientId: string): Connection | undefined {
    return this.#connections.find((one) => one.username === username && one.clientId === clientId);
  }

  /** Connect an app, or change what a connected one may read. */
  connect(connection: Omit<Connection, 'status'>): void {
    const before = this.find(connection.username, connection.clientId);
    const since = before?.status === 'connected' ? before.since : connection.since;
    this.#put({ ...connection, since, status: 'connected' });
  }

  /** Remember a request that was cancelled; an app that is connected already stays so. */
  suspend(cancelled: Pick<Connection, 'username' | 'clientId' | 'since' | 'request'>): void {
    if (this.find(cancelled.username, cancelled.clientId)?.status === 'connected') return;
    this.#put({ ...cancelled, status: 'pending', mementos: [], memory: false });
  }

  forget(whose: Whose): void {
    this.#connections = this.#connections.filter((one) => !isMeant(one, whose));
  }

  #put(connection: Connection): void {
    this.forget(connection);
    this.#connections.push(connection);
  }
}

/** Say what the tokens of a connection may read. */
export function accessOf(connection: Connection | undefined): Access {
  if (connection?.status !== 'connected') return { mementos: [], memory: false };
  return { mementos: connection.mementos, memory: connection.memory };
}
