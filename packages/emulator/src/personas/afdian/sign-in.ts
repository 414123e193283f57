import type { RequestHandler } from 'express';
import { csrfField } from '../../pages/csrf-field.ts';
import { type Html, html } from '../../pages/html.ts';
import { returnPath } from '../../pages/return-path.ts';
import type { AfdianApp } from './afdian-apps.ts';
import { type AfdianPage, openAfdianPage } from './afdian-page.ts';
import type { AfdianProvider } from './afdian-provider.ts';
import { readAuthorizationRequest } from './authorization-request.ts';
import { portrait } from './portrait.ts';
import { sendCard } from './shell.ts';
import { signInPath } from './sign-in-path.ts';

/** `GET /login`: the form; `demo_user` fills it in for one of the demo users. */
export function signInForm(provider: AfdianProvider): RequestHandler {
  return (req, res) => {
    const page = openAfdianPage(provider, req, res);
    if (page.user !== undefined) return res.redirect(target(page));
    const filled = provider.users.find(String(req.query.demo_user ?? ''));
    sendSignIn(page, filled && { username: filled.username, password: filled.password });
  };
}

/** Let who signed in meanwhile, in another tab, go on: the form of this tab is of the cookie before. */
export function goOnIfSignedIn(provider: AfdianProvider): RequestHandler {
  return (req, res, next) => {
    const page = openAfdianPage(provider, req, res);
    if (page.user === undefined) next();
    else res.redirect(target(page));
  };
}

/** `POST /login`: a new cookie, and back to where it was asked for; or the form again, with 401. */
export function signIn(provider: AfdianProvider): RequestHandler {
  return (req, res) => {
    const page = openAfdianPage(provider, req, res);
    const username = String(req.body.username ?? '');
    const user = provider.users.signIn(username, String(req.body.password ?? ''));
    if (user === undefined) return sendSignIn(page, { username, wrong: true });
    provider.sessions.signIn(res, user.username);
    res.redirect(target(page));
  };
}

interface Filled {
  username: string;
  password?: string;
  wrong?: boolean;
}

function sendSignIn(page: AfdianPage, filled?: Filled): void {
  const words = page.wording.signIn;
  const app = waitingApp(page);
  const body = html`
    <h1>${words.title}</h1>
    <p class="lead">${app ? words.toContinue(app.name) : words.lead}</p>
    ${filled?.wrong && html`<p class="alert" role="alert" id="wrong">${words.wrong}</p>`}
    <form method="post" action="${signInPath(page.provider, target(page))}" class="stack">
      ${csrfField(page)}
      <label class="field">${words.username}
        <input name="username" autocomplete="username" required autocapitalize="none" spellcheck="false" value="${filled?.username}">
      </label>
      <label class="field">${words.password}
        <input name="password" type="password" autocomplete="current-password" required value="${filled?.password}"${
          filled?.wrong && html` aria-describedby="wrong" aria-invalid="true"`
        }>
      </label>
      <button class="button primary">${words.submit}</button>
    </form>
    ${demoUsers(page)}`;
  sendCard(page, { title: words.title, body, status: filled?.wrong ? 401 : 200 });
}

function demoUsers(page: AfdianPage): Html {
  const words = page.wording.signIn;
  const path = signInPath(page.provider, target(page));
  return html`<section class="demo-users" aria-labelledby="demo-users">
    <h2 id="demo-users">${words.demoUsers}</h2>
    <ul>${page.provider.users.all().map(
      (user) => html`<li>
        ${portrait(user)}
        <span><strong>${user.username}</strong>${user.developer && html` <span class="tag">${words.staff}</span>`}<br><code>${user.password}</code></span>
        <a class="button small" href="${path}&${new URLSearchParams({ demo_user: user.username }).toString()}">${words.fillIn(user.username)}</a>
      </li>`,
    )}</ul>
  </section>`;
}

/** Where the sign-in leads: only ever a page of this persona. */
function target({ req, provider }: AfdianPage): string {
  return returnPath(provider.basePath, req.query.return_to) ?? `${provider.basePath}/account`;
}

/** The app whose request waits behind this sign-in. */
function waitingApp(page: AfdianPage): AfdianApp | undefined {
  const { pathname, searchParams } = new URL(target(page), 'http://here');
  if (pathname !== `${page.provider.basePath}/oauth2/authorize`) return undefined;
  const request = readAuthorizationRequest(page.provider, Object.fromEntries(searchParams));
  return 'app' in request ? request.app : undefined;
}
