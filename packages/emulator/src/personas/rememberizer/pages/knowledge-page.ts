import type { RequestHandler } from 'express';
import { day } from '../../../pages/day.ts';
import { type Html, html } from '../../../pages/html.ts';
import { wholeNumber } from '../../../pages/whole-number.ts';
import type { Item } from '../knowledge/item.ts';
import { EVERYTHING, type Library } from '../knowledge/library.ts';
import { search } from '../knowledge/search.ts';
import type { RememberizerProvider } from '../rememberizer-provider.ts';
import { sendDrawer } from './frame.ts';
import { forSignedIn, type SignedInPage } from './rememberizer-page.ts';

const SHOWN = 6;

/** `GET /knowledge`: sources, mementos and the latest documents; with `q` what a search finds. */
export function knowledgePage(provider: RememberizerProvider): RequestHandler {
  return forSignedIn(provider, (page) => {
    const words = page.wording.knowledge;
    const { user, language } = page;
    const library = provider.libraries.of(user.username);
    const items = library.readable(EVERYTHING);
    const pieces = items.reduce((sum, item) => sum + item.chunks.length, 0);
    const numbers = [pieces, user.embedQuota].map((number) => wholeNumber(number, language));
    const [used = '', quota = ''] = numbers;
    const question = String(page.req.query.q ?? '').trim();
    const body = html`
      <h1>${words.hello(user.name)}</h1>
      <p class="lead">${words.lead(used, quota)}</p>
      ${!user.emailVerified && html`<p class="notice">${words.unverified}</p>`}
      <form method="get" action="${provider.basePath}/knowledge" role="search" class="search">
        <label class="field">${words.search}<input name="q" type="search" value="${question}"></label>
        <button class="button primary">${words.submit}</button>
      </form>
      ${question !== '' && found(page, items, question)}
      <div class="halves">
        <section aria-labelledby="sources"><h2 id="sources">${words.sources}</h2>${sources(page, items)}</section>
        <section aria-labelledby="mementos"><h2 id="mementos">${words.mementos}</h2>${mementos(page, library)}</section>
      </div>
      <section aria-labelledby="latest"><h2 id="latest">${words.latest}</h2>
        <ul class="ledger">${items.slice(0, SHOWN).map((item) => entry(page, item))}</ul>
      </section>`;
    sendDrawer(page, { title: words.title, body });
  });
}

function found(page: SignedInPage, items: Item[], question: string): Html {
  const matches = search(items, question).slice(0, SHOWN);
  if (matches.length === 0) {
    return html`<p class="card empty" role="status">${page.wording.knowledge.nothingFound}</p>`;
  }
  return html`<ul class="cards">${matches.map(
    ({ item, chunk }) => html`<li class="card match">
      <p>${item.chunks[chunk]}</p>
      <p class="soft">${item.name} · ${page.wording.knowledge.types[item.integration.type]}</p>
    </li>`,
  )}</ul>`;
}

function sources(page: SignedInPage, items: Item[]): Html {
  const words = page.wording.knowledge;
  const bySource = [...Map.groupBy(items, ({ integration }) => integration)];
  if (bySource.length === 0) return html`<p class="card empty">${words.noSources}</p>`;
  return html`<ul class="ledger">${bySource.map(
    ([{ type, source }, from]) => html`<li>
      <span><strong>${words.types[type]}</strong><small>${source}</small></span>
      <span class="count">${words.documents(from.length)}</span>
    </li>`,
  )}</ul>`;
}

function mementos(page: SignedInPage, library: Library): Html {
  const words = page.wording.knowledge;
  return html`<ul class="ledger">${library.mementos().map((memento) => {
    const items = library.itemsOf(memento);
    return html`<li>
      <span><strong>${memento.name}</strong></span>
      <span class="count">${words.documents(items.length)}</span>
    </li>`;
  })}</ul>`;
}

function entry(page: SignedInPage, item: Item): Html {
  const words = page.wording.knowledge;
  return html`<li>
    <span><strong>${item.name}</strong><small>${words.types[item.integration.type]} · ${item.folder}</small></span>
    <span class="count">${item.status !== 'indexed' && html`<span class="tag ${item.status}">${words.states[item.status]}</span> `}${day(item.modified, page.language)}</span>
  </li>`;
}
