import type { Request } from 'express';
import { type Html, html } from './html.ts';
import { LANGUAGES, type Language } from './language.ts';

/** Link to this page in each language, each by its own name. */
export function languageLinks(page: { req: Request; language: Language }, label: string): Html {
  const links = Object.entries(LANGUAGES).map(
    ([language, name]) =>
      html`<li><a href="${inLanguage(page.req, language)}" lang="${language}" hreflang="${language}"${
        language === page.language && html` aria-current="true"`
      }>${name}</a></li>`,
  );
  return html`<nav aria-label="${label}"><ul class="languages">${links}</ul></nav>`;
}

/** The address of this page in another language; that of a form's answer is the page of the form. */
function inLanguage(req: Request, language: string): string {
  const url = new URL(req.originalUrl, 'http://localhost');
  url.searchParams.set('lang', language);
  return url.pathname + url.search;
}
