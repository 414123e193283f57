import type { BrowserSession } from './browser-session.ts';
import { csrfField } from './csrf-field.ts';
import { type Html, html } from './html.ts';

/** What a form to sign in has in it when it appears. */
export interface Filled {
  username?: string | undefined;
  password?: string | undefined;
  /** It did not work. */
  wrong?: boolean;
}

interface Form {
  words: { username: string; password: string; wrong: string; submit: string };
  action: string;
  filled: Filled;
  /** The classes of its button; default `button primary`. */
  button?: string;
}

/** Write the form that takes user name and password, below a word on those that were wrong. */
export function credentialsForm(page: { session: BrowserSession }, form: Form): Html {
  const { words, action, filled, button = 'button primary' } = form;
  return html`
    ${filled.wrong && html`<p class="alert" role="alert" id="wrong">${words.wrong}</p>`}
    <form method="post" action="${action}" class="stack">
      ${csrfField(page)}
      <label class="field">${words.username}
        <input name="username" autocomplete="username" required autocapitalize="none" spellcheck="false" value="${filled.username}">
      </label>
      <label class="field">${words.password}
        <input name="password" type="password" autocomplete="current-password" required value="${filled.password}"${
          filled.wrong && html` aria-describedby="wrong" aria-invalid="true"`
        }>
      </label>
      <button class="${button}">${words.submit}</button>
    </form>`;
}
