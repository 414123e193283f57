import type { RequestHandler } from 'express';
import { csrfField } from '../../pages/csrf-field.ts';
import { day } from '../../pages/day.ts';
import { type Html, html } from '../../pages/html.ts';
import { newCredentials } from '../../pages/new-credentials.ts';
import type { App } from '../../provider/apps.ts';
import { forSignedIn, type SignedInPage } from './aihubmix-page.ts';
import type { AihubmixProvider } from './aihubmix-provider.ts';
import { sendConsole } from './layout.ts';
import { sendProblem } from './problem-page.ts';
import { AppForm } from './register-app.ts';

/** `GET /console/apps`: the apps, the developer token, and a form for the next app. */
export function developerConsole(provider: AihubmixProvider): RequestHandler {
  return forDeveloper(provider, (page) => sendDeveloperConsole(page, {}));
}

/** `POST /console/apps`: register an app; its secret is on the next page, and only there. */
export function createApp(provider: AihubmixProvider): RequestHandler {
  return forDeveloper(provider, (page) => {
    const { req, res } = page;
    const form = AppForm.safeParse(req.body);
    if (!form.success) return sendDeveloperConsole(page, { refused: req.body });
    const { name, description, redirect_uri } = form.data;
    const app = provider.apps.register({ name, description, redirectUri: redirect_uri });
    provider.sessions.rememberNewApp(req, app.clientId);
    res.redirect(`${provider.basePath}/console/apps`);
  });
}

function forDeveloper(
  provider: AihubmixProvider,
  show: (page: SignedInPage) => void,
): RequestHandler {
  return forSignedIn(provider, (page) => {
    if (page.user.developer) show(page);
    else sendProblem(page, { status: 403, ...page.wording.problems.noDeveloper });
  });
}

type Entered = Record<string, unknown>;

function sendDeveloperConsole(page: SignedInPage, { refused }: { refused?: Entered }): void {
  const words = page.wording.developer;
  const { provider } = page;
  const created = provider.apps.find(provider.sessions.takeNewApp(page.req) ?? '');
  const body = html`
    <h1>${words.title}</h1>
    <p class="lead">${words.lead}</p>
    ${created && newCredentials(words, created)}
    <div class="columns">
      <section class="card" aria-labelledby="create">
        <h2 id="create">${words.create}</h2>
        ${createForm(page, refused)}
      </section>
      <section class="card" aria-labelledby="token">
        <h2 id="token">${words.token}</h2>
        <p>${words.tokenUse}</p>
        <p><code class="secret">${provider.developerToken}</code></p>
      </section>
    </div>
    <h2>${words.apps}</h2>
    ${provider.apps.all().length > 0 ? html`<ul class="cards">${provider.apps.all().map((app) => appCard(page, app))}</ul>` : html`<p class="card empty">${words.none}</p>`}`;
  sendConsole(page, { title: words.title, body });
}

function createForm(page: SignedInPage, refused: Entered | undefined): Html {
  const words = page.wording.developer;
  const entered = (name: string) => String(refused?.[name] ?? '');
  return html`<form method="post" action="${page.provider.basePath}/console/apps" class="stack">
    ${csrfField(page)}
    ${refused && html`<p class="alert" role="alert">${words.refused}</p>`}
    <label class="field">${words.name}<input name="name" required maxlength="100" value="${entered('name')}"></label>
    <label class="field">${words.description}<input name="description" maxlength="500" value="${entered('description')}"></label>
    <label class="field">${words.redirectUri}<input name="redirect_uri" type="url" required aria-describedby="redirect-rule" value="${entered('redirect_uri')}"></label>
    <p class="hint" id="redirect-rule">${words.redirectRule}</p>
    <button class="button primary">${words.submit}</button>
  </form>`;
}

function appCard(page: SignedInPage, app: App): Html {
  const words = page.wording.developer;
  return html`<li class="card">
    <h3>${app.name}</h3>
    ${app.description && html`<p>${app.description}</p>`}
    <dl class="facts">
      <div><dt>client_id</dt><dd><code>${app.clientId}</code></dd></div>
      <div><dt>redirect_uri</dt><dd><code>${app.redirectUri}</code></dd></div>
      <div><dt>${words.createdOn}</dt><dd>${day(app.created * 1000, page.language)}</dd></div>
    </dl>
  </li>`;
}
