import type { RequestHandler } from 'express';
import { csrfField } from '../../pages/csrf-field.ts';
import { type Html, html } from '../../pages/html.ts';
import { returnPath } from '../../pages/return-path.ts';
import type { App } from '../../provider/apps.ts';
import type { DemoUser } from '../../provider/users.ts';
import { type AihubmixPage, openAihubmixPage } from './aihubmix-page.ts';
import type { AihubmixProvider } from './aihubmix-provider.ts';
import { readAuthorizationRequest } from './authorization-request.ts';
import { sendGate } from './layout.ts';
import { signInPath } from './sign-in-path.ts';

/** `GET /sign-in`: the form; `demo_user` fills it in for one of the demo users. */
export function signInForm(provider: AihubmixProvider): RequestHandler {
  return (req, res) => {
    const page = openAihubmixPage(provider, req, res);
    if (page.user !== undefined) return res.redirect(target(page));
    const filled = provider.users.find(String(req.query.demo_user ?? ''));
    sendSignIn(page, filled && { username: filled.username, password: filled.password });
  };
}

/** Let who signed in meanwhile, in another tab, go on: the form of this tab is of the cookie before. */
export function goOnIfSignedIn(provider: AihubmixProvider): RequestHandler {
  return (req, res, next) => {
    const page = openAihubmixPage(provider, req, res);
    if (page.user === undefined) next();
    else res.redirect(target(page));
  };
}

/** `POST /sign-in`: a new cookie, and back to where it was asked for; or the form again, with 401. */
export function signIn(provider: AihubmixProvider): RequestHandler {
  return (req, res) => {
    const page = openAihubmixPage(provider, req, res);
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

function sendSignIn(page: AihubmixPage, filled?: Filled): void {
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
      <button class="button primary wide">${words.submit}</button>
    </form>
    ${demoUsers(page)}`;
  sendGate(page, {
    title: words.title,
    body,
    status: filled?.wrong ? 401 : 200,
    formTarget: app && new URL(app.redirectUri).origin,
  });
}

function demoUsers(page: AihubmixPage): Html {
  const words = page.wording.signIn;
  return html`<section class="demo-users" aria-labelledby="demo-users">
    <h2 id="demo-users">${words.demoUsers}</h2>
    <ul>${page.provider.users.all().map(
      (user) => html`<li>
        <span><strong>${user.username}</strong>${user.developer && html` <span class="tag">${words.developer}</span>`}<br><code>${user.password}</code></span>
        <a class="button quiet small" href="${demoUserPath(page, user)}">${words.fillIn(user.username)}</a>
      </li>`,
    )}</ul>
  </section>`;
}

function demoUserPath(page: AihubmixPage, user: DemoUser): string {
  const demo = new URLSearchParams({ demo_user: user.username });
  return `${signInPath(page.provider, target(page))}&${demo}`;
}

/** Where the sign-in leads: only ever a page of this persona. */
function target({ req, provider }: AihubmixPage): string {
  return returnPath(provider.basePath, req.query.return_to) ?? `${provider.basePath}/account`;
}

/** The app whose authorization request waits behind this sign-in. */
function waitingApp(page: AihubmixPage): App | undefined {
  const { pathname, searchParams } = new URL(target(page), 'http://here');
  if (pathname !== `${page.provider.basePath}/api/oauth2/authorize`) return undefined;
  const request = readAuthorizationRequest(page.provider, Object.fromEntries(searchParams));
  return 'app' in request ? request.app : undefined;
}
