import { fileURLToPath } from 'node:url';
import express, { type RequestHandler, Router } from 'express';
import { type Html, html } from '../pages/html.ts';
import { htmlDocument } from '../pages/html-document.ts';
import { chooseLanguage } from '../pages/language.ts';
import { languageLinks } from '../pages/language-links.ts';
import { sendDocument } from '../pages/page.ts';
import type { PersonaName } from '../personas/personas.ts';
import type { DemoUser } from '../provider/users.ts';
import { en } from './wording/en.ts';
import type { Wording } from './wording/wording.ts';
import { zhHans } from './wording/zh-hans.ts';
import { zhHant } from './wording/zh-hant.ts';

const ASSETS = fileURLToPath(new URL('./assets', import.meta.url));
const WORDINGS = { 'zh-Hant': zhHant, 'zh-Hans': zhHans, en };

interface Show {
  personas: readonly PersonaName[];
  users: readonly DemoUser[];
  /** Whether the control API is served. */
  control: boolean;
  origin: () => string;
}

/** `GET /`: who plays what, where, and how to point an app at it. */
export function playbill(show: Show): Router {
  const router = Router();
  router.use('/assets', express.static(ASSETS));
  router.get('/', page(show));
  return router;
}

function page(show: Show): RequestHandler {
  return (req, res) => {
    const language = chooseLanguage(req, res, { basePath: '/' });
    const words = WORDINGS[language];
    const body = html`<body>
      <a class="skip" href="#content">${words.skip}</a>
      <header class="curtain">
        <h1>${words.title}</h1>
        <p>${words.lead}</p>
      </header>
      <main id="content">
        <section aria-labelledby="cast">
          <h2 id="cast">${words.cast}</h2>
          <ul class="cast">${show.personas.map((name) => actor(show, words, name))}</ul>
        </section>
        <div class="columns">
          ${audience(show, words)}
          ${directions(show, words)}
        </div>
      </main>
      <footer>
        <p>${words.disclaimer}</p>
        ${languageLinks({ req, language }, words.languages)}
      </footer>
    </body>`;
    const head = { language, title: words.title, basePath: '', styleSheets: ['playbill'] };
    sendDocument(res, htmlDocument(head, body));
  };
}

function actor({ origin }: Show, words: Wording, name: PersonaName): Html {
  const { part, about } = words.personas[name];
  return html`<li>
    <img src="/${name}/assets/mark.svg" alt="" width="48" height="48">
    <div>
      <h3><span class="role">${words.plays}</span> ${part}</h3>
      <p>${about}</p>
      <p class="address"><span class="unseen">${words.base}: </span><code>${origin()}/${name}</code></p>
    </div>
    <a class="enter" href="/${name}/">${words.enter}<span class="unseen"> ${part}</span></a>
  </li>`;
}

function audience({ users }: Show, words: Wording): Html {
  return html`<section aria-labelledby="users">
    <h2 id="users">${words.users}</h2>
    <p>${words.usersLead}</p>
    <table>
      <thead><tr><th scope="col">${words.username}</th><th scope="col">${words.password}</th></tr></thead>
      <tbody>${users.map(
        ({ username, password }) =>
          html`<tr><td><code>${username}</code></td><td><code>${password}</code></td></tr>`,
      )}</tbody>
    </table>
  </section>`;
}

function directions(show: Show, words: Wording): Html {
  const { register, point, fault } = words.steps;
  const app = [{ name: 'My app', redirectUri: 'http://localhost:3000/oauth/callback' }];
  const failing = [{ endpoint: 'token', kind: 'status', status: 503, times: 1 }];
  return html`<section aria-labelledby="directions">
    <h2 id="directions">${words.directions}</h2>
    ${show.control ? undefined : html`<p class="notice">${words.controlOff}</p>`}
    <ol>
      <li><p>${register}</p>${call(show, 'registerApp', app)}</li>
      <li><p>${point}</p></li>
      <li><p>${fault}</p>${call(show, 'addFault', failing)}</li>
    </ol>
  </section>`;
}

function call({ origin }: Show, operation: string, args: object): Html {
  return html`<pre tabindex="0"><code>curl ${origin()}/control/oidc/${operation} \\
  -H 'Content-Type: application/json' \\
  -d '${JSON.stringify(args)}'</code></pre>`;
}
