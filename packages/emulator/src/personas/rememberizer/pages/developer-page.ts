import type { RequestHandler } from 'express';
import { z } from 'zod';
import { csrfField } from '../../../pages/csrf-field.ts';
import { day } from '../../../pages/day.ts';
import { type Html, html } from '../../../pages/html.ts';
import { newCredentials } from '../../../pages/new-credentials.ts';
import { isRegistrableRedirectUri } from '../../../provider/apps.ts';
import { appRequest, isLandingPage } from '../app-form.ts';
import type { RememberizerApp, RememberizerProvider } from '../rememberizer-provider.ts';
import { sendDrawer } from './frame.ts';
import { sendProblem } from './problem-page.ts';
import { forSignedIn, type SignedInPage } from './rememberizer-page.ts';

const FORM = z.object({
  name: z.string().trim().min(1).max(100),
  description: z.string().max(500),
  landing_page_url: z
    .string()
    .trim()
    .refine((url) => url === '' || isLandingPage(url)),
  redirect_uris: z
    .string()
    .transform((text) => text.split(/\s+/).filter((line) => line !== ''))
    .pipe(z.array(z.string().refine(isRegistrableRedirectUri)).min(1).max(20)),
});

/** `GET /developer`: the registered apps, and a form for the next one. */
export function developerPage(provider: RememberizerProvider): RequestHandler {
  return forDeveloper(provider, (page) => sendDeveloperPage(page, {}));
}

/** `POST /developer`: register an app; its secret is on the next page, and only there. */
export function createApp(provider: RememberizerProvider): RequestHandler {
  return forDeveloper(provider, (page) => {
    const { req, res } = page;
    const form = FORM.safeParse(req.body);
    const request = form.data && appRequest(fromForm(form.data));
    if (request === undefined) return sendDeveloperPage(page, { refused: req.body });
    const app = provider.apps.register(request);
    provider.sessions.rememberNewApp(req, app.clientId);
    res.redirect(`${provider.basePath}/developer`);
  });
}

function fromForm({ name, description, landing_page_url, redirect_uris }: z.output<typeof FORM>) {
  return { name, description, landingPageUrl: landing_page_url, redirectUris: redirect_uris };
}

function forDeveloper(
  provider: RememberizerProvider,
  show: (page: SignedInPage) => void,
): RequestHandler {
  return forSignedIn(provider, (page) => {
    if (page.user.developer) show(page);
    else sendProblem(page, { status: 403, ...page.wording.problems.noDeveloper });
  });
}

type Entered = Record<string, unknown>;

function sendDeveloperPage(page: SignedInPage, { refused }: { refused?: Entered }): void {
  const words = page.wording.developer;
  const { provider } = page;
  const created = provider.apps.find(provider.sessions.takeNewApp(page.req) ?? '');
  const apps = provider.apps.all();
  const body = html`
    <h1>${words.title}</h1>
    <p class="lead">${words.lead}</p>
    ${created && newCredentials(words, created)}
    <div class="halves">
      <section class="card" aria-labelledby="create">
        <h2 id="create">${words.create}</h2>
        ${createForm(page, refused)}
      </section>
      <section aria-labelledby="apps">
        <h2 id="apps">${words.apps}</h2>
        ${apps.length > 0 ? html`<ul class="cards">${apps.map((app) => appCard(page, app))}</ul>` : html`<p class="card empty">${words.none}</p>`}
      </section>
    </div>`;
  sendDrawer(page, { title: words.title, body, status: refused ? 400 : 200 });
}

function createForm(page: SignedInPage, refused: Entered | undefined): Html {
  const words = page.wording.developer;
  const entered = (name: string) => String(refused?.[name] ?? '');
  return html`<form method="post" action="${page.provider.basePath}/developer" class="stack">
    ${csrfField(page)}
    ${refused && html`<p class="alert" role="alert">${words.refused}</p>`}
    <label class="field">${words.name}<input name="name" required maxlength="100" value="${entered('name')}"></label>
    <label class="field">${words.description}<input name="description" maxlength="500" value="${entered('description')}"></label>
    <label class="field">${words.landingPageUrl}<input name="landing_page_url" type="url" aria-describedby="landing-hint" value="${entered('landing_page_url')}"></label>
    <p class="hint" id="landing-hint">${words.landingPageHint}</p>
    <label class="field">${words.redirectUris}<textarea name="redirect_uris" rows="3" required aria-describedby="redirect-hint" spellcheck="false">${entered('redirect_uris')}</textarea></label>
    <p class="hint" id="redirect-hint">${words.redirectHint}</p>
    <button class="button primary">${words.submit}</button>
  </form>`;
}

function appCard(page: SignedInPage, app: RememberizerApp): Html {
  const words = page.wording.developer;
  return html`<li class="card">
    <h3>${app.name}</h3>
    ${app.description && html`<p>${app.description}</p>`}
    <dl class="facts">
      <div><dt>client_id</dt><dd><code>${app.clientId}</code></dd></div>
      <div><dt>${words.landingPageUrl}</dt><dd><code>${app.landingPageUrl}</code></dd></div>
      <div><dt>${words.redirectUris}</dt><dd>${app.redirectUris.map((uri) => html`<code>${uri}</code> `)}</dd></div>
      <div><dt>${words.createdOn}</dt><dd>${day(app.created * 1000, page.language)}</dd></div>
    </dl>
  </li>`;
}
