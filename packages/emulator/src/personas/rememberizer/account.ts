import type { DemoUser } from '../../provider/users.ts';
import { demoContentOf } from './content/demo-content.ts';

/** Somebody with an account here: what the account API says about them besides the usual. */
export interface Account extends DemoUser {
  /** The number of `/account/`; `/me/` has the user name instead. */
  accountId: number;
  name: string;
  emailVerified: boolean;
  company: string;
  website: string;
  bio: string;
  team: ReadonlyArray<{ id: string; name: string; image_url: string; role: string }>;
  embedQuota: number;
  /** Is one of the emulator's people, whose password the sign-in page tells. */
  isDemo: boolean;
}

const FREE_QUOTA = 5000;

/** Give one of the emulator's people an account here. */
export function accountOf(user: DemoUser): Account {
  const person = demoContentOf(user.username);
  return {
    ...user,
    accountId: person?.accountId ?? user.id,
    name: person?.name ?? user.username,
    emailVerified: true,
    company: person?.company ?? '',
    website: person?.website ?? '',
    bio: person?.bio ?? '',
    team: person?.team ?? [],
    embedQuota: person?.embedQuota ?? FREE_QUOTA,
    isDemo: true,
  };
}

/** Open an account for somebody who signed up; the mail address is not verified yet. */
export function newAccount(request: {
  id: number;
  username: string;
  name: string;
  email: string;
  password: string;
  now: number;
}): Account {
  const { now, name, ...given } = request;
  const created_time = Math.floor(now / 1000);
  const user = { ...given, quota: 0, used_quota: 0, created_time, status: 1, developer: false };
  const account = { ...accountOf(user), accountId: request.id, name };
  return { ...account, emailVerified: false, isDemo: false };
}
