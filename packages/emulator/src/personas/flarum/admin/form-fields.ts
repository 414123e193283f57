import { type Html, html } from '../../../pages/html.ts';

/** What a form has in it: what was stored, or what was typed and refused. */
export type Entered = Record<string, unknown>;

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
