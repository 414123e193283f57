import { type Html, html } from '../../../pages/html.ts';

/** Drawings of our own for the Font Awesome names that scopes usually have, on a grid of 24. */
const DRAWINGS: Record<string, string> = {
  'fa-user': 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8Zm-8 9a8 8 0 0 1 16 0Z',
  'fa-envelope': 'M3 6h18v12H3Zm0 .5 9 7 9-7',
  'fa-comment': 'M4 5h16v11H10l-5 4v-4H4Z',
  'fa-comments': 'M4 4h12v9H9l-4 3v-3H4Zm14 5h2v8h-1v3l-4-3H9',
  'fa-bell': 'M6 17V11a6 6 0 0 1 12 0v6l2 2H4Zm4 3h4',
};

const KEY = 'M14 10a5 5 0 1 0-3 4.600L13 16h2v2h2v2h4v-3Z';

/** Show the icon of a scope: a drawing for a Font Awesome name, the picture of an address, or a key. */
export function scopeIcon(icon: string): Html {
  if (/^https?:/i.test(icon))
    return html`<span class="scope-icon"><img src="${icon}" alt=""></span>`;
  const name = icon.split(' ').find((part) => Object.hasOwn(DRAWINGS, part)) ?? '';
  const path = DRAWINGS[name] ?? KEY;
  return html`<span class="scope-icon"><svg viewBox="0 0 24 24" aria-hidden="true"><path d="${path}" fill="none" stroke="currentColor" stroke-width="1.8" stroke-linejoin="round"/></svg></span>`;
}
