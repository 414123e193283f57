import type { DemoUser } from '../../provider/users.ts';
import { type DemoPerson, demoContentOf } from './content/demo-content.ts';

/** What the account API says about somebody besides the usual. */
type Particulars = Pick<
  DemoPerson,
  'accountId' | 'name' | 'company' | 'website' | 'bio' | 'team' | 'embedQuota'
>;

/** Somebody with an account here. */
export interface Account extends DemoUser, Particulars {
  emailVerified: boolean;
  /** Is one of the emulator's people, whose password the sign-in page tells. */
  isDemo: boolean;
}

const FREE_QUOTA = 5000;

/** Give one of the emulator's people an account here. */
export function accountOf(user: DemoUser): Account {
  const person: Partial<Particulars> = demoContentOf(user.username) ?? {};
  return {
    ...user,
    accountId: person.accountId ?? user.id,
    name: person.name ?? user.username,
    company: person.company ?? '',
    website: person.website ?? '',
    bio: person.bio ?? '',
    team: person.team ?? [],
    embedQuota: person.embedQuota ?? FREE_QUOTA,
    emailVerified: true,
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
