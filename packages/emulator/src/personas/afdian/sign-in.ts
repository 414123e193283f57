import { credentialsForm, type Filled } from '../../pages/credentials-form.ts';
import { type Html, html } from '../../pages/html.ts';
import { signInPath, signInTarget, waitingRequest } from '../../pages/sign-in-path.ts';
import type { AfdianApp } from './afdian-apps.ts';
import type { AfdianPage } from './afdian-page.ts';
import { readAuthorizationRequest } from './authorization-request.ts';
import { portrait } from './portrait.ts';
import { sendCard } from './shell.ts';

/** Send the page to sign in at. */
export function sendSignIn(page: AfdianPage, filled: Filled): void {
  const words = page.wording.signIn;
  const app = waitingApp(page);
  const action = signInPath(page.provider, signInTarget(page));
  const body = html`
    <h1>${words.title}</h1>
    <p class="lead">${app ? words.toContinue(app.name) : words.lead}</p>
    ${credentialsForm(page, { words, action, filled })}
    ${demoUsers(page)}`;
  sendCard(page, { title: words.title, body, status: filled.wrong ? 401 : 200 });
}

function demoUsers(page: AfdianPage): Html {
  const { provider, wording } = page;
  const words = wording.signIn;
  return html`<section class="demo-users" aria-labelledby="demo-users">
    <h2 id="demo-users">${words.demoUsers}</h2>
    <ul>${provider.users.all().map(
      (user) => html`<li>
        ${portrait(user)}
        <span><strong>${user.username}</strong>${user.developer && html` <span class="tag">${words.staff}</span>`}<br><code>${user.password}</code></span>
        <a class="button small" href="${signInPath(provider, signInTarget(page), user.username)}">${words.fillIn(user.username)}</a>
      </li>`,
    )}</ul>
  </section>`;
}

/** The app whose request waits behind this sign-in. */
function waitingApp(page: AfdianPage): AfdianApp | undefined {
  const params = waitingRequest(page);
  const request = params && readAuthorizationRequest(page.provider, params);
  return request && 'app' in request ? request.app : undefined;
}
