import type { Forum } from '../forum.ts';
import type { ForumUser } from '../forum-user.ts';

/** Name the full address of somebody's picture; null for who has none. */
export function avatarUrl({ origin, basePath }: Forum, { avatar }: ForumUser): string | null {
  return avatar?.startsWith('/') ? `${origin()}${basePath}${avatar}` : avatar;
}
