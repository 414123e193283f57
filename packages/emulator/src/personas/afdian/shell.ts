import { csrfField } from '../../pages/csrf-field.ts';
import { type Html, html } from '../../pages/html.ts';
import { htmlDocument } from '../../pages/html-document.ts';
import { languageLinks } from '../../pages/language-links.ts';
import { navLink } from '../../pages/nav-link.ts';
import { type DocumentOptions, sendDocument } from '../../pages/page.ts';
import type { AfdianPage, SignedInPage } from './afdian-page.ts';
import { portrait } from './portrait.ts';

interface Content extends DocumentOptions {
  title: string;
  body: Html;
}

/** Send a page with one thing to do on it: a card under the lamp. */
export function sendCard(page: AfdianPage, content: Content): void {
  const { frame } = page.wording;
  const body = html`<body class="lamp">
    ${skipLink(page)}
    <header class="lamp-head">${brand(page)}<p>${frame.tagline}</p></header>
    <main id="content" class="card narrow">${content.body}</main>
    ${footer(page)}
  </body>`;
  send(page, content, body);
}

/** Send a page of the signed-in area. */
export function sendArea(page: SignedInPage, content: Content): void {
  const { frame, account, staff } = page.wording;
  const { basePath } = page.provider;
  const body = html`<body class="area">
    ${skipLink(page)}
    <header class="top">
      ${brand(page)}
      <nav aria-label="${frame.nav}"><ul>
        ${navLink(page, `${basePath}/account`, account.title)}
        ${page.user.developer && navLink(page, `${basePath}/staff/apps`, staff.title)}
      </ul></nav>
      <form class="top-user" method="post" action="${basePath}/logout">
        ${csrfField(page)}
        ${portrait(page.user)}<span>${page.user.name}</span>
        <button class="button small">${frame.signOut}</button>
      </form>
    </header>
    <main id="content" class="wide">${content.body}</main>
    ${footer(page)}
  </body>`;
  send(page, content, body);
}

function send(page: AfdianPage, content: Content, body: Html): void {
  const head = {
    language: page.language,
    title: `${content.title} · ${page.wording.frame.brand}`,
    basePath: page.provider.basePath,
    styleSheets: ['base', 'afdian'],
  };
  sendDocument(page.res, htmlDocument(head, body), content);
}

function brand({ provider, wording }: AfdianPage): Html {
  return html`<a class="brand" href="${provider.basePath}/account"><img src="${provider.basePath}/assets/mark.svg" alt="" width="34" height="34"><span>${wording.frame.brand}</span></a>`;
}

function skipLink({ wording }: AfdianPage): Html {
  return html`<a class="skip" href="#content">${wording.frame.skip}</a>`;
}

function footer(page: AfdianPage): Html {
  const { frame } = page.wording;
  return html`<footer class="foot"><p>${frame.disclaimer}</p>${languageLinks(page, frame.languages)}</footer>`;
}
