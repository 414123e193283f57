import type { BrowserSession } from './browser-session.ts';
import { type Html, html } from './html.ts';

/** Write the hidden field that every form carries. */
export function csrfField({ session }: { session: BrowserSession }): Html {
  return html`<input type="hidden" name="csrf" value="${session.csrf}">`;
}
