import { createHmac } from 'node:crypto';

/** Whose sessions: a user's, or those that belong to one session at the provider. */
export interface SessionOwner {
  provider: string;
  user?: { id: string | number };
  sid?: string;
}

/** Names owners to the store, the name of the first secret first; nobody who reads one learns who it is. */
export interface OwnerNames {
  ofUser(owner: SessionOwner): readonly string[];
  ofSid(owner: SessionOwner): readonly string[];
}

/** Name owners under each secret: a hash of a small number would tell who it is. Old secrets still find. */
export function createOwnerNames(secrets: readonly string[]): OwnerNames {
  const named = (kind: 'user' | 'sid', provider: string, id: string | number) =>
    secrets.map((secret) => {
      const name = createHmac('sha256', secret).update(`${provider}\n${id}`);
      return `${kind}:{${name.digest('base64url')}}`;
    });
  return {
    ofUser: ({ provider, user }) => (user === undefined ? [] : named('user', provider, user.id)),
    ofSid: ({ provider, sid }) => (sid === undefined ? [] : named('sid', provider, sid)),
  };
}
