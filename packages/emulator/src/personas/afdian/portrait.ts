import { type Html, html } from '../../pages/html.ts';
import { monogram } from '../../pages/monogram.ts';
import type { AfdianUser } from './afdian-user.ts';

/** Show somebody's picture; the name stands beside it. */
export function portrait(user: AfdianUser): Html {
  const { avatar, name } = user;
  const picture = avatar === '' ? monogram(name) : html`<img src="${avatar}" alt="">`;
  return html`<span class="portrait">${picture}</span>`;
}
