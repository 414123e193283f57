import { csrfField } from '../../../pages/csrf-field.ts';
import { type Html, html } from '../../../pages/html.ts';
import { htmlDocument } from '../../../pages/html-document.ts';
import { languageLinks } from '../../../pages/language-links.ts';
import { type DocumentOptions, sendDocument } from '../../../pages/page.ts';
import { signInPath } from '../../../pages/sign-in-path.ts';
import { displayName } from '../forum-user.ts';
import { avatar } from './avatar.ts';
import type { ForumPage } from './forum-page.ts';

interface Content extends Omit<DocumentOptions, 'script'> {
  title: string;
  body: Html;
  /** How the page is laid out; default `reading`, a column. */
  layout?: 'reading' | 'box' | 'hero';
  /** The name of a script of ours that the page runs. */
  script?: string | undefined;
  /** Where the page goes on to by itself. */
  goTo?: string | undefined;
}

/** Send a page of the forum. */
export function sendForumPage(page: ForumPage, content: Content): void {
  const { provider: forum, wording, language, res } = page;
  const { frame } = wording;
  const body = html`<body class="forum">
    <a class="skip" href="#content">${frame.skip}</a>
    <header class="head">
      <a class="brand" href="${forum.basePath}/"><img src="${forum.basePath}/assets/mark.svg" alt="" width="30" height="30"><span>${frame.forum}</span></a>
      <nav aria-label="${frame.nav}">${whoIsHere(page)}</nav>
    </header>
    <main id="content" class="${content.layout ?? 'reading'}">${content.body}</main>
    <footer class="foot"><p>${frame.disclaimer}</p>${languageLinks(page, frame.languages)}</footer>
  </body>`;
  const title = `${content.title} - ${frame.forum}`;
  const { script, goTo } = content;
  const styleSheets = ['base', 'flarum'];
  const head = { language, title, basePath: forum.basePath, styleSheets, script, goTo };
  sendDocument(res, htmlDocument(head, body), { ...content, script: script !== undefined });
}

function whoIsHere(page: ForumPage): Html {
  const { provider: forum, user, wording, req } = page;
  const { frame } = wording;
  if (user === undefined) {
    return html`<a class="button" href="${signInPath(forum, req.originalUrl)}">${frame.logIn}</a>`;
  }
  return html`<ul class="who">
    ${user.developer && html`<li><a class="who-link" href="${forum.basePath}/admin">${frame.admin}</a></li>`}
    <li><a class="who-link me" href="${forum.basePath}/u/${user.username}">${avatar(forum, user)}<span>${displayName(user)}</span></a></li>
    <li><form method="post" action="${forum.basePath}/logout">${csrfField(page)}<button class="button small">${frame.logOut}</button></form></li>
  </ul>`;
}
