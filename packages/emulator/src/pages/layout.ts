import { type Html, html } from './html.ts';
import { LANGUAGES } from './language.ts';
import { type Page, sendDocument } from './page.ts';

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

/** Write the hidden field that every form carries. */
export function csrfField(page: Framed): Html {
  return html`<input type="hidden" name="csrf" value="${page.session.csrf}">`;
}

function send(page: Framed, content: Content, body: Html): void {
  const { basePath } = page.provider;
  const document = html`<!doctype html>
<html lang="${page.language}">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <meta name="robots" content="noindex">
    <title>${content.title} · ${page.wording.frame.brand}</title>
    <link rel="icon" type="image/svg+xml" href="${basePath}/assets/mark.svg">
    ${['base', 'parts', 'gate', 'console'].map(
      (sheet) => html`<link rel="stylesheet" href="${basePath}/assets/${sheet}.css">`,
    )}
  </head>
  ${body}
</html>`;
  sendDocument(page.res, document, content);
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
    <nav aria-label="${frame.languages}"><ul class="foot-languages">${Object.entries(LANGUAGES).map(
      ([language, name]) =>
        html`<li><a href="${inLanguage(page, language)}" lang="${language}" hreflang="${language}"${
          language === page.language && html` aria-current="true"`
        }>${name}</a></li>`,
    )}</ul></nav>
  </footer>`;
}

/** The address of this page in another language; that of a form's answer is the page of the form. */
function inLanguage(page: Framed, language: string): string {
  const url = new URL(page.req.originalUrl, 'http://localhost');
  url.searchParams.set('lang', language);
  return url.pathname + url.search;
}
