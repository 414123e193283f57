import { csrfField } from '../../pages/csrf-field.ts';
import { type Html, html } from '../../pages/html.ts';
import { htmlDocument } from '../../pages/html-document.ts';
import { languageLinks } from '../../pages/language-links.ts';
import { navLink } from '../../pages/nav-link.ts';
import { type DocumentOptions, sendDocument } from '../../pages/page.ts';
import type { AihubmixPage, SignedInPage } from './aihubmix-page.ts';

interface Content extends DocumentOptions {
  title: string;
  body: Html;
}

/** Send a page with one thing to do on it: sign in, allow, pay, read an error. */
export function sendGate(page: AihubmixPage, content: Content): void {
  const { frame } = page.wording;
  const body = html`<body class="gate">
    ${skipLink(page)}
    <header class="gate-brand">
      ${brand(page)}
      <p class="gate-tagline">${frame.tagline}</p>
      <ul class="gate-points">${frame.points.map((point) => html`<li>${point}</li>`)}</ul>
    </header>
    <div class="gate-side">
      <main id="content" class="gate-card">${content.body}</main>
      ${footer(page)}
    </div>
  </body>`;
  send(page, content, body);
}

/** Send a page of the signed-in area, with its navigation. */
export function sendConsole(page: SignedInPage, content: Content): void {
  const { frame, account, topup, apps, developer } = page.wording;
  const { basePath } = page.provider;
  const body = html`<body class="console">
    ${skipLink(page)}
    <header class="bar">
      ${brand(page)}
      <nav aria-label="${frame.nav}"><ul class="bar-nav">
        ${navLink(page, `${basePath}/account`, account.title)}
        ${navLink(page, `${basePath}/console/topup`, topup.title)}
        ${navLink(page, `${basePath}/account/apps`, apps.title)}
        ${page.user.developer && navLink(page, `${basePath}/console/apps`, developer.title)}
      </ul></nav>
      <form class="bar-user" method="post" action="${basePath}/sign-out">
        ${csrfField(page)}
        <span class="bar-name">${page.user.username}</span>
        <button class="button quiet small">${frame.signOut}</button>
      </form>
    </header>
    <main id="content" class="console-main">${content.body}</main>
    ${footer(page)}
  </body>`;
  send(page, content, body);
}

function send(page: AihubmixPage, content: Content, body: Html): void {
  const head = {
    language: page.language,
    title: `${content.title} · ${page.wording.frame.brand}`,
    basePath: page.provider.basePath,
    styleSheets: ['base', 'parts', 'gate', 'console'],
  };
  sendDocument(page.res, htmlDocument(head, body), content);
}

function brand({ provider, wording }: AihubmixPage): Html {
  const { basePath } = provider;
  return html`<a class="brand" href="${basePath}/account"><img src="${basePath}/assets/mark.svg" alt="" width="30" height="30"><span>${wording.frame.brand}</span></a>`;
}

function skipLink({ wording }: AihubmixPage): Html {
  return html`<a class="skip" href="#content">${wording.frame.skip}</a>`;
}

function footer(page: AihubmixPage): Html {
  const { frame } = page.wording;
  return html`<footer class="foot">
    <p>${frame.disclaimer}</p>
    ${languageLinks(page, frame.languages)}
  </footer>`;
}
