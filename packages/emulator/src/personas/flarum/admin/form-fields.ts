import { csrfField } from '../../../pages/csrf-field.ts';
import { type Html, html } from '../../../pages/html.ts';
import type { MemberPage } from '../pages/forum-page.ts';

/** What a form has in it: what was stored, or what was typed and refused. */
export type Entered = Record<string, unknown>;

/** A form of the administration. */
export interface Form {
  action: string;
  /** Default: nothing is stored yet. */
  stored?: Entered;
  /** What was typed, and did not fit. */
  refused: Entered | undefined;
  submit: string;
}

/** Write a form around its fields, below a word on what did not fit. */
export function adminForm(
  page: MemberPage,
  { action, stored = {}, refused, submit }: Form,
  fields: (entered: Entered) => Html,
): Html {
  return html`<form method="post" action="${action}" class="stack">
    ${csrfField(page)}
    ${refused && html`<p class="alert" role="alert">${page.wording.admin.refused}</p>`}
    ${fields(refused ?? stored)}
    <button class="button primary">${submit}</button>
  </form>`;
}

interface Field {
  name: string;
  label: string;
  hint?: string;
  required?: boolean;
}

/** A line of text. */
export function textField(entered: Entered, { name, label, hint, required }: Field): Html {
  return html`<label class="field">${label}
    <input name="${name}" value="${String(entered[name] ?? '')}" spellcheck="false"${required && html` required`}${describedBy(name, hint)}>
  </label>${hintFor(name, hint)}`;
}

/** A box to tick; it sends `on`, or nothing. */
export function checkField(checked: boolean, { name, label, hint }: Field): Html {
  return html`<label class="check"><input type="checkbox" name="${name}"${checked && html` checked`}${describedBy(name, hint)}> ${label}</label>${hintFor(name, hint)}`;
}

/** A choice of few. */
export function selectField(
  chosen: string,
  { name, label }: Field,
  options: Record<string, string>,
): Html {
  return html`<label class="field">${label}
    <select name="${name}">${Object.entries(options).map(
      ([value, shown]) =>
        html`<option value="${value}"${value === chosen && html` selected`}>${shown}</option>`,
    )}</select>
  </label>`;
}

function describedBy(name: string, hint: string | undefined): Html | undefined {
  return hint === undefined ? undefined : html` aria-describedby="${name}-hint"`;
}

function hintFor(name: string, hint: string | undefined): Html | undefined {
  return hint === undefined ? undefined : html`<p class="hint" id="${name}-hint">${hint}</p>`;
}
