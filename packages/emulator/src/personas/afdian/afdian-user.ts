import { createHash } from 'node:crypto';
import type { DemoUser } from '../../provider/users.ts';

/** A person with an account here: known to an app by `userId`, and across a creator's apps by `privateId`. */
export interface AfdianUser extends DemoUser {
  userId: string;
  privateId: string;
  name: string;
  /** The last part of the address of their page. */
  slug: string;
  /** The address of a picture elsewhere; empty for the one that this server draws. */
  avatar: string;
}

const NAMES: Record<string, string> = { yating: '雅婷在写诗', weichen: '伟辰的手作台' };

/** Give somebody the ids of this provider: 32 hex digits each, the same at every start. */
export function toAfdianUser(user: DemoUser): AfdianUser {
  const { username } = user;
  return {
    ...user,
    userId: hexId('user', username),
    privateId: hexId('private', username),
    name: NAMES[username] ?? username,
    slug: username,
    avatar: '',
  };
}

function hexId(kind: string, username: string): string {
  return createHash('sha256').update(`afdian ${kind} ${username}`).digest('hex').slice(0, 32);
}
