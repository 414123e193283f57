import type { Request } from 'express';
import { type Html, html } from './html.ts';

/** Link to a page of a navigation, and say where one is. */
export function navLink({ req }: { req: Request }, path: string, label: string): Html {
  const here = req.originalUrl.split('?')[0] === path;
  return html`<li><a href="${path}"${here && html` aria-current="page"`}>${label}</a></li>`;
}
