import type { Request } from 'express';
import type { BrowserSession } from './browser-session.ts';
import { csrfField } from './csrf-field.ts';
import { type Html, html } from './html.ts';
import type { Entrance } from './sign-in-path.ts';

interface Seen {
  req: Request;
  session: BrowserSession;
  provider: Entrance;
}

/** Offer to sign out and come back here as somebody else. @param who names who is signed in now */
export function otherAccount(page: Seen, who: Html | string | undefined, label: string): Html {
  const { basePath, paths } = page.provider;
  return html`<form method="post" action="${basePath}${paths.signOut}" class="other-account">
    ${csrfField(page)}
    <input type="hidden" name="return_to" value="${page.req.originalUrl}">
    <span>${who}</span>
    <button class="link">${label}</button>
  </form>`;
}
