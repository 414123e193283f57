import type { Locator, Page } from '@playwright/test';
import { en, type Messages } from '../../apps/web/src/language/en.ts';
import type { ProviderRow } from '../matrix/provider-row.ts';
import { hasNamesake } from '../matrix/providers.ts';

/** The choice between several providers, on whatever screen of the app it is. */
export class LoginChoice {
  readonly list: Locator;
  /** One for each provider, in their order. */
  readonly ways: Locator;
  readonly lastUsed: Locator;
  readonly #words: Messages;

  constructor(page: Page, words: Messages = en) {
    this.#words = words;
    this.list = page.getByRole('navigation', { name: words.login.choose });
    this.ways = this.list.getByRole('link').or(this.list.getByRole('button'));
    this.lastUsed = this.ways.filter({ hasText: words.login.lastUsed });
  }

  /** What leads to a provider: a link, or a button where its form is on this page. */
  to(provider: ProviderRow): Locator {
    const { login } = this.#words;
    const { id, name, words } = provider;
    const label =
      login.with.replace('{{provider}}', name) + (hasNamesake(provider) ? ` ${id}` : '');
    return this.list.getByRole(words === null ? 'button' : 'link', {
      name: new RegExp(`^${label}( ?${login.lastUsed})?$`),
    });
  }
}
