import { credentialsForm, type Filled } from '../../../pages/credentials-form.ts';
import { type Html, html } from '../../../pages/html.ts';
import { signInPath, signInTarget, waitingRequest } from '../../../pages/sign-in-path.ts';
import { avatar } from './avatar.ts';
import type { ForumPage } from './forum-page.ts';
import { sendForumPage } from './shell.ts';

/**
 * Send the box to log in at, over whatever page it was asked for on.
 * @param returnTo a path of the forum
 */
export function sendLogIn(page: ForumPage, filled: Filled, returnTo = signInTarget(page)): void {
  const words = page.wording.logIn;
  const app = waitingApp(page, returnTo);
  const action = signInPath(page.provider, returnTo);
  const body = html`<section class="card">
    <h1>${words.title}</h1>
    <p class="lead">${app === undefined ? words.lead : words.toContinue(app)}</p>
    ${credentialsForm(page, { words, action, filled })}
    ${demoUsers(page, returnTo)}
  </section>`;
  sendForumPage(page, {
    title: words.title,
    body,
    layout: 'box',
    status: filled.wrong ? 401 : 200,
  });
}

function demoUsers(page: ForumPage, returnTo: string): Html {
  const words = page.wording.logIn;
  const { provider: forum } = page;
  return html`<section class="demo-users" aria-labelledby="demo-users">
    <h2 id="demo-users">${words.demoUsers}</h2>
    <ul>${forum.users.all().map(
      (user) => html`<li>
        ${avatar(forum, user)}
        <span><strong>${user.username}</strong>${user.developer && html` <span class="badge">${words.administrator}</span>`}<br><code>${user.password}</code></span>
        <a class="button small" href="${signInPath(forum, returnTo, user.username)}">${words.fillIn(user.username)}</a>
      </li>`,
    )}</ul>
  </section>`;
}

/** The name of the client whose request waits behind this log-in. */
function waitingApp(page: ForumPage, returnTo: string): string | undefined {
  const { client_id: clientId = '' } = waitingRequest(page, returnTo) ?? {};
  return page.provider.apps.find(clientId)?.name;
}
