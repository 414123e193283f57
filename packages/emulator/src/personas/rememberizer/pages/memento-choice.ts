import { z } from 'zod';
import { type Html, html } from '../../../pages/html.ts';
import type { Library, Memento } from '../knowledge/library.ts';
import type { SignedInPage } from './rememberizer-page.ts';

/** What a user lets an app read. */
export interface Choice {
  mementos: number[];
  memory: boolean;
}

const NAMED = 3;

const FORM = z.object({
  memento: z.union([z.string().transform((one) => [one]), z.array(z.string())]).default([]),
  memory: z.string().optional(),
});

/** Read the choice of a form: mementos that this user has, and whether the app may use the memory. */
export function readChoice(library: Library, body: unknown): Choice {
  const { memento, memory } = FORM.parse(body ?? {});
  const mementos = library.mementos().filter(({ id }) => memento.includes(String(id)));
  return { mementos: mementos.map(({ id }) => id), memory: memory !== undefined };
}

/** Offer all mementos, each with what is in it, and the memory. */
export function mementoChoice(page: SignedInPage, library: Library, chosen: Choice): Html {
  const words = page.wording.consent;
  return html`<fieldset class="choice">
    <legend>${words.mementos}</legend>
    ${library.mementos().map((memento) => option(page, library, { memento, chosen }))}
  </fieldset>
  <label class="pick">
    <input type="checkbox" name="memory" value="on"${chosen.memory && html` checked`}>
    <span><strong>${words.memory}</strong><small>${words.memoryDetail}</small></span>
  </label>`;
}

function option(
  page: SignedInPage,
  library: Library,
  { memento, chosen }: { memento: Memento; chosen: Choice },
): Html {
  const words = page.wording.consent;
  const items = library.itemsOf(memento);
  const names = items.slice(0, NAMED).map(({ name }) => name);
  const rest = items.length > NAMED ? ' …' : '';
  const detail = memento.items === undefined ? words.everything : names.join(' · ') + rest;
  return html`<label class="pick">
    <input type="checkbox" name="memento" value="${memento.id}"${chosen.mementos.includes(memento.id) && html` checked`}>
    <span><strong>${memento.name}</strong><small>${detail}</small></span>
    <span class="count">${words.documents(items.length)}</span>
  </label>`;
}
