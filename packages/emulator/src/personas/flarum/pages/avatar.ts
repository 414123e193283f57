import { type Html, html } from '../../../pages/html.ts';
import { monogram } from '../../../pages/monogram.ts';
import { displayName, type ForumUser } from '../forum-user.ts';

/** Show somebody's picture, or their first letter; the name stands beside it. */
export function avatar({ basePath }: { basePath: string }, user: ForumUser): Html {
  const picture =
    user.avatar === null
      ? monogram(displayName(user))
      : html`<img src="${user.avatar.startsWith('/') ? basePath + user.avatar : user.avatar}" alt="">`;
  return html`<span class="avatar">${picture}</span>`;
}
