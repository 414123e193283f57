import type { SessionUser } from '@cloakroom/contract/session';
import type { en } from '../language/en.ts';

/** What is listed of somebody: the key of the term, and the value. */
export interface UserRow {
  term: Extract<keyof typeof en.account, 'username' | 'name' | 'email' | 'id'>;
  value: string;
}

/** List what the provider gave of somebody; their id too where it gave next to nothing. */
export function userRows(user: SessionUser): readonly UserRow[] {
  const given = (['username', 'name', 'email'] as const).flatMap((term) => {
    const value = user[term]?.trim();
    // Some providers have no name of their own for people, and repeat the user name.
    const isRepeated = term === 'name' && value === user.username?.trim();
    return value && !isRepeated ? [{ term, value }] : [];
  });
  return given.length > 1 ? given : [...given, { term: 'id', value: String(user.id) }];
}
