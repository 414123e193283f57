import { createHash } from 'node:crypto';

/** Where everything of one session lives in the store. */
export interface SessionKeys {
  /** Hash of the session id: names the session where the id itself must not appear, as in logs. */
  readonly hash: string;
  readonly session: string;
  readonly tokens: string;
  readonly lease: string;
}

/**
 * Name the keys of a session. They hold a hash of its id, so that whoever can read the store cannot
 * make a cookie of what it sees; the braces keep them on one node of a Redis Cluster.
 */
export function sessionKeys(prefix: string, sessionId: string): SessionKeys {
  return keysOfHash(prefix, hashOfSession(sessionId));
}

/** The same from the hash, for whoever must end a session without being able to open it. */
export function keysOfHash(prefix: string, hash: string): SessionKeys {
  return {
    hash,
    session: `${prefix}session:{${hash}}`,
    tokens: `${prefix}tokens:{${hash}}`,
    lease: `${prefix}lease:{${hash}}`,
  };
}

/** Hash of a session id, if there is one. */
export function hashOfSession(sessionId: string): string;
export function hashOfSession(sessionId: string | undefined): string | undefined;
export function hashOfSession(sessionId: string | undefined): string | undefined {
  return sessionId && createHash('sha256').update(sessionId).digest('base64url');
}
