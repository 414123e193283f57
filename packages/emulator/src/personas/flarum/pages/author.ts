import { type Html, html } from '../../../pages/html.ts';
import { displayName } from '../forum-user.ts';
import { avatar } from './avatar.ts';
import type { ForumPage } from './forum-page.ts';

/** Somebody who wrote, as a page shows them: the name they go by, and their picture. */
export function author(
  { provider: forum }: ForumPage,
  username: string,
): { name: string; picture: Html } {
  const user = forum.users.find(username);
  if (user === undefined) return { name: username, picture: html`` };
  return { name: displayName(user), picture: avatar(forum, user) };
}
