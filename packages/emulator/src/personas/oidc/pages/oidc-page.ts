import type { Request, Response } from 'express';
import type { KoaContextWithOIDC } from 'oidc-provider';
import { type Html, html } from '../../../pages/html.ts';
import { htmlDocument } from '../../../pages/html-document.ts';
import { languageLinks } from '../../../pages/language-links.ts';
import {
  type DocumentOptions,
  documentHeaders,
  openPage,
  type Page,
  sendDocument,
} from '../../../pages/page.ts';
import type { Issuer } from '../issuer.ts';
import { en } from '../wording/en.ts';
import type { Wording } from '../wording/wording.ts';
import { zhHans } from '../wording/zh-hans.ts';
import { zhHant } from '../wording/zh-hant.ts';

/** A page of this persona. Who is signed in is the library's to know: `user` says nothing here. */
export type OidcPage = Page<Wording, Issuer>;

export interface Content extends DocumentOptions {
  title: string;
  body: Html;
}

/** Open a page in this persona's words. */
export function openOidcPage(issuer: Issuer, req: Request, res: Response): OidcPage {
  return openPage(issuer, { 'zh-Hant': zhHant, 'zh-Hans': zhHans, en }, { req, res });
}

/** Open a page in the middle of an answer of the library, which was given Express's own request. */
export function openPageWithin(issuer: Issuer, ctx: KoaContextWithOIDC): OidcPage {
  return openOidcPage(issuer, ctx.req as Request, ctx.res as Response);
}

export function sendPage(page: OidcPage, content: Content): void {
  sendDocument(page.res, framed(page, content), content);
}

/** Make a page the answer of the library: it still has its cookies to set. */
export function sendPageWithin(ctx: KoaContextWithOIDC, page: OidcPage, content: Content): void {
  ctx.set(documentHeaders(content));
  ctx.status = content.status ?? 200;
  ctx.type = 'html';
  ctx.body = framed(page, content).markup;
}

function framed(page: OidcPage, { title, body, script }: Content): Html {
  const { frame } = page.wording;
  const { basePath } = page.provider;
  const head = {
    language: page.language,
    title: `${title} · ${frame.brand}`,
    basePath,
    styleSheets: ['base', 'shore', 'parts'],
    script: script ? 'submit' : undefined,
  };
  return htmlDocument(
    head,
    html`<body>
    <a class="skip" href="#content">${frame.skip}</a>
    <header class="top">
      <a class="brand" href="${basePath}/account"><img src="${basePath}/assets/mark.svg" alt="" width="36" height="36"><span>${frame.brand}</span></a>
      <p class="tagline">${frame.tagline}</p>
    </header>
    <main id="content" class="card">${body}</main>
    <footer class="foot">
      <p>${frame.disclaimer}</p>
      ${languageLinks(page, frame.languages)}
    </footer>
  </body>`,
  );
}
