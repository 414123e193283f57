import { csrfField } from '../../../pages/csrf-field.ts';
import { type Html, html } from '../../../pages/html.ts';
import { avatar } from './avatar.ts';
import type { ForumPage } from './forum-page.ts';
import { logInPath } from './log-in-path.ts';
import { sendForumPage } from './shell.ts';

/** What the box has in it when it appears. */
export interface Filled {
  username?: string;
  password?: string;
  /** It did not work. */
  wrong?: boolean;
}

interface LogIn extends Filled {
  /** A path of the forum. */
  returnTo: string;
  /** The app that waits behind it. */
  app?: string | undefined;
}

/** Send the box to log in at, over whatever page it was asked for on. */
export function sendLogIn(page: ForumPage, logIn: LogIn): void {
  const words = page.wording.logIn;
  const { wrong, app } = logIn;
  const body = html`<section class="card">
    <h1>${words.title}</h1>
    <p class="lead">${app === undefined ? words.lead : words.toContinue(app)}</p>
    ${wrong && html`<p class="alert" role="alert" id="wrong">${words.wrong}</p>`}
    <form method="post" action="${logInPath(page.provider, logIn.returnTo)}" class="stack">
      ${csrfField(page)}
      <label class="field">${words.username}
        <input name="username" autocomplete="username" required autocapitalize="none" spellcheck="false" value="${logIn.username}">
      </label>
      <label class="field">${words.password}
        <input name="password" type="password" autocomplete="current-password" required value="${logIn.password}"${
          wrong && html` aria-describedby="wrong" aria-invalid="true"`
        }>
      </label>
      <button class="button primary">${words.submit}</button>
    </form>
    ${demoUsers(page, logIn.returnTo)}
  </section>`;
  sendForumPage(page, { title: words.title, body, layout: 'box', status: wrong ? 401 : 200 });
}

function demoUsers(page: ForumPage, returnTo: string): Html {
  const words = page.wording.logIn;
  const { provider: forum } = page;
  const path = (username: string) =>
    `${logInPath(forum, returnTo)}&${new URLSearchParams({ demo_user: username })}`;
  return html`<section class="demo-users" aria-labelledby="demo-users">
    <h2 id="demo-users">${words.demoUsers}</h2>
    <ul>${forum.users.all().map(
      (user) => html`<li>
        ${avatar(forum, user)}
        <span><strong>${user.username}</strong>${user.developer && html` <span class="badge">${words.administrator}</span>`}<br><code>${user.password}</code></span>
        <a class="button small" href="${path(user.username)}">${words.fillIn(user.username)}</a>
      </li>`,
    )}</ul>
  </section>`;
}
