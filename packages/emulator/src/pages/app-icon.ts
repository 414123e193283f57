import { type Html, html } from './html.ts';
import { monogram } from './monogram.ts';

/** An app as far as its icon goes: `icon` is the address of a picture, of which it may have none. */
interface WithIcon {
  name: string;
  clientId: string;
  icon: string;
}

/** Show an app's picture, or its first letter. The name stands beside it, so it says nothing to a screen reader. */
export function appIcon({ name, clientId, icon }: WithIcon): Html {
  const picture = icon === '' ? monogram(name, clientId) : html`<img src="${icon}" alt="">`;
  return html`<span class="app-icon">${picture}</span>`;
}

/** Name the origins that the pictures of some apps come from, for the policy of the page. */
export function iconOrigins(icons: readonly string[]): string[] {
  const origins = icons.filter((icon) => icon !== '').map((icon) => new URL(icon).origin);
  return [...new Set(origins)];
}
