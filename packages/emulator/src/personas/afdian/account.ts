import type { RequestHandler } from 'express';
import { day } from '../../pages/day.ts';
import { html } from '../../pages/html.ts';
import { monogram } from '../../pages/monogram.ts';
import { forSignedIn } from './afdian-page.ts';
import type { AfdianProvider } from './afdian-provider.ts';
import { portrait } from './portrait.ts';
import { sendArea } from './shell.ts';

/** `GET /account`: who this is, and whom they support. Apps are not listed: there is nothing to take back. */
export function account(provider: AfdianProvider): RequestHandler {
  return forSignedIn(provider, (page) => {
    const { user, language } = page;
    const words = page.wording.account;
    const body = html`
      <section class="hero">
        ${portrait(user)}
        <div><h1>${words.hello(user.name)}</h1><p>${words.since(day(user.created_time * 1000, language))}</p></div>
      </section>
      <div class="columns">
        <section class="card" aria-labelledby="sponsoring">
          <h2 id="sponsoring">${words.sponsoring}</h2>
          <ul class="creators">${words.creators.map(
            (creator) => html`<li>
              <span class="portrait">${monogram(creator.name)}</span>
              <span><strong>${creator.name}</strong><br>${creator.about}</span>
              <span class="tag">${words.monthly(creator.amount)}</span>
            </li>`,
          )}</ul>
        </section>
        <section class="card" aria-labelledby="ids">
          <h2 id="ids">${words.ids}</h2>
          <dl class="facts">
            <div><dt>${words.userId}</dt><dd><code>${user.userId}</code></dd></div>
            <div><dt>${words.privateId}</dt><dd><code>${user.privateId}</code></dd></div>
          </dl>
          <p class="hint">${words.idsHint}</p>
        </section>
      </div>`;
    sendArea(page, { title: words.title, body });
  });
}
