import { csrfField } from '../../../pages/csrf-field.ts';
import { type Html, html } from '../../../pages/html.ts';
import { htmlDocument } from '../../../pages/html-document.ts';
import { languageLinks } from '../../../pages/language-links.ts';
import { navLink } from '../../../pages/nav-link.ts';
import { type DocumentOptions, sendDocument } from '../../../pages/page.ts';
import type { RememberizerPage, SignedInPage } from './rememberizer-page.ts';

interface Content extends DocumentOptions {
  title: string;
  body: Html;
}

/** Send a page with one thing to do on it, as a card on the desk: sign in, choose, read an error. */
export function sendCard(page: RememberizerPage, content: Content): void {
  const body = html`<body class="desk">
    ${skipLink(page)}
    <header class="desk-brand">${brand(page)}</header>
    <main id="content" class="index-card">${content.body}</main>
    ${footer(page)}
  </body>`;
  send(page, content, body);
}

/** Send a page of the signed-in area: a drawer, whose sections are tabs. */
export function sendDrawer(page: SignedInPage, content: Content): void {
  const { basePath } = page.provider;
  const { frame, knowledge, apps, developer } = page.wording;
  const body = html`<body class="drawer">
    ${skipLink(page)}
    <header class="spine">
      ${brand(page)}
      <nav aria-label="${frame.nav}"><ul class="tabs">
        ${navLink(page, `${basePath}/knowledge`, knowledge.tab)}
        ${navLink(page, `${basePath}/connected-apps`, apps.tab)}
        ${page.user.developer && navLink(page, `${basePath}/developer`, developer.title)}
      </ul></nav>
      <form class="spine-user" method="post" action="${basePath}/sign-out">
        ${csrfField(page)}
        <span>${page.user.name}<small>${page.user.username}</small></span>
        <button class="button quiet small">${frame.signOut}</button>
      </form>
    </header>
    <main id="content" class="sheet">${content.body}</main>
    ${footer(page)}
  </body>`;
  send(page, content, body);
}

function send(page: RememberizerPage, content: Content, body: Html): void {
  const head = {
    language: page.language,
    title: `${content.title} · ${page.wording.frame.brand}`,
    basePath: page.provider.basePath,
    styleSheets: ['base', 'paper', 'parts', 'card', 'drawer'],
  };
  sendDocument(page.res, htmlDocument(head, body), content);
}

function brand({ provider, wording }: RememberizerPage): Html {
  const { basePath } = provider;
  return html`<a class="brand" href="${basePath}/knowledge"><img src="${basePath}/assets/mark.svg" alt="" width="34" height="34"><span>${wording.frame.brand}</span></a>`;
}

function skipLink({ wording }: RememberizerPage): Html {
  return html`<a class="skip" href="#content">${wording.frame.skip}</a>`;
}

function footer(page: RememberizerPage): Html {
  const { frame } = page.wording;
  return html`<footer class="foot">
    <p>${frame.disclaimer}</p>
    <p><a href="${page.provider.basePath}/mailbox">${frame.mailbox}</a></p>
    ${languageLinks(page, frame.languages)}
  </footer>`;
}
