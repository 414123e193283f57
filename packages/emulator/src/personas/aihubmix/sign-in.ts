import { credentialsForm, type Filled } from '../../pages/credentials-form.ts';
import { type Html, html } from '../../pages/html.ts';
import { signInPath, signInTarget, waitingRequest } from '../../pages/sign-in-path.ts';
import type { App } from '../../provider/apps.ts';
import type { AihubmixPage } from './aihubmix-page.ts';
import { readAuthorizationRequest } from './authorization-request.ts';
import { sendGate } from './layout.ts';

/** Send the page to sign in at. */
export function sendSignIn(page: AihubmixPage, filled: Filled): void {
  const words = page.wording.signIn;
  const app = waitingApp(page);
  const action = signInPath(page.provider, signInTarget(page));
  const body = html`
    <h1>${words.title}</h1>
    <p class="lead">${app ? words.toContinue(app.name) : words.lead}</p>
    ${credentialsForm(page, { words, action, filled, button: 'button primary wide' })}
    ${demoUsers(page)}`;
  sendGate(page, {
    title: words.title,
    body,
    status: filled.wrong ? 401 : 200,
    formTarget: app && new URL(app.redirectUri).origin,
  });
}

function demoUsers(page: AihubmixPage): Html {
  const { provider, wording } = page;
  const words = wording.signIn;
  return html`<section class="demo-users" aria-labelledby="demo-users">
    <h2 id="demo-users">${words.demoUsers}</h2>
    <ul>${provider.users.all().map(
      ({ username, password, developer }) => html`<li>
        <span><strong>${username}</strong>${developer && html` <span class="tag">${words.developer}</span>`}<br><code>${password}</code></span>
        <a class="button quiet small" href="${signInPath(provider, signInTarget(page), username)}">${words.fillIn(username)}</a>
      </li>`,
    )}</ul>
  </section>`;
}

/** The app whose authorization request waits behind this sign-in. */
function waitingApp(page: AihubmixPage): App | undefined {
  const params = waitingRequest(page);
  const request = params && readAuthorizationRequest(page.provider, params);
  return request && 'app' in request ? request.app : undefined;
}
