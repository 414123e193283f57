import { type Html, html } from '../../../pages/html.ts';
import { monogram } from '../../../pages/monogram.ts';
import type { OidcApp } from '../oidc-app.ts';
import type { OidcPage } from './oidc-page.ts';

/** Draw what this is about: an app, and the light that comes from here. */
export function bond(page: OidcPage, app: OidcApp): Html {
  const mark = `${page.provider.basePath}/assets/mark.svg`;
  return html`<div class="bond" aria-hidden="true">
    <span class="face">${monogram(app.name, app.clientId)}</span>
    <span class="beam"></span>
    <img src="${mark}" alt="" width="56" height="56">
  </div>`;
}
