import { csrfField } from '../../pages/csrf-field.ts';
import { type Html, html } from '../../pages/html.ts';
import { htmlDocument } from '../../pages/html-document.ts';
import { languageLinks } from '../../pages/language-links.ts';
import { type Page, sendDocument } from '../../pages/page.ts';

/** The words around every page. */
interface FrameWording {
  brand: string;
  tagline: string;
  points: readonly string[];
  disclaimer: string;
  languages: string;
  skip: string;
  nav: string;
  signOut: string;
}

export interface NavEntry {
  path: string;
  label: string;
}

interface Content {
  title: string;
  body: Html;
  status?: number;
  /** See `sendDocument`. */
  formTarget?: string | undefined;
}

type Framed = Page<{ frame: FrameWording }>;

/** Send a page with one thing to do on it: sign in, allow, pay, read an error. */
export function sendGate(page: Framed, content: Content): void {
  const { frame } = page.wording;
  const body = html`<body class="gate">
    ${skipLink(frame)}
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
export function sendConsole(page: Framed, content: Content & { nav: readonly NavEntry[] }): void {
  const { frame } = page.wording;
  const body = html`<body class="console">
    ${skipLink(frame)}
    <header class="bar">
      ${brand(page)}
      <nav aria-label="${frame.nav}"><ul class="bar-nav">${content.nav.map((entry) => navLink(page, entry))}</ul></nav>
      <form class="bar-user" method="post" action="${page.provider.basePath}/sign-out">
        ${csrfField(page)}
        <span class="bar-name">${page.user?.username}</span>
        <button class="button quiet small">${frame.signOut}</button>
      </form>
    </header>
    <main id="content" class="console-main">${content.body}</main>
    ${footer(page)}
  </body>`;
  send(page, content, body);
}

function send(page: Framed, content: Content, body: Html): void {
  const head = {
    language: page.language,
    title: `${content.title} · ${page.wording.frame.brand}`,
    basePath: page.provider.basePath,
    styleSheets: ['base', 'parts', 'gate', 'console'],
  };
  sendDocument(page.res, htmlDocument(head, body), content);
}

function brand(page: Framed): Html {
  const { basePath } = page.provider;
  return html`<a class="brand" href="${basePath}/account"><img src="${basePath}/assets/mark.svg" alt="" width="30" height="30"><span>${page.wording.frame.brand}</span></a>`;
}

function skipLink(frame: FrameWording): Html {
  return html`<a class="skip" href="#content">${frame.skip}</a>`;
}

function navLink(page: Framed, entry: NavEntry): Html {
  const here = page.req.originalUrl.split('?')[0] === entry.path;
  return html`<li><a href="${entry.path}"${here && html` aria-current="page"`}>${entry.label}</a></li>`;
}

function footer(page: Framed): Html {
  const { frame } = page.wording;
  return html`<footer class="foot">
    <p>${frame.disclaimer}</p>
    ${languageLinks(page, frame.languages)}
  </footer>`;
}
