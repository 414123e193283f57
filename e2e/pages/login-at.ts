import type { Page } from '@playwright/test';
import type { ProviderRow } from '../matrix/provider-row.ts';
import { AppPage } from './app-page.ts';
import { LoginChoice } from './login-choice.ts';
import { PasswordForm } from './password-form.ts';
import { ProviderPages } from './provider-pages.ts';

interface Person {
  username: string;
  password: string;
}

/** A login at one provider, in one tab. */
export class LoginAt {
  readonly app: AppPage;
  readonly #page: Page;
  readonly #provider: ProviderRow;

  constructor(provider: ProviderRow, page: Page) {
    this.app = new AppPage(page);
    this.#page = page;
    this.#provider = provider;
  }

  /** From the start page as far as the provider's question. */
  async signIn(person: Person): Promise<void> {
    await this.app.goto();
    await this.#choose();
    await this.#form().signIn(person);
  }

  /** Say yes where the provider asks. */
  async agree(): Promise<void> {
    const { asks, words } = this.#provider;
    if (words && asks === 'each time') await new ProviderPages(this.#page, words).agree.click();
  }

  /** From the start page to the account. */
  async logIn(person: Person): Promise<void> {
    await this.signIn(person);
    await this.agree();
    await this.app.logout.waitFor();
  }

  /**
   * Once more in the same browser, from a screen with the choice.
   * @param person where the provider does not know the browser any more
   */
  async logInAgain(person?: Person): Promise<void> {
    await this.#choose();
    if (person) await this.#form().signIn(person);
    await this.agree();
    await this.app.logout.waitFor();
  }

  /** Sign out at the provider as well, where a page of it asks for that after a logout. */
  async signOutThere(): Promise<void> {
    const { signsOutThere, words } = this.#provider;
    if (words && signsOutThere) await new ProviderPages(this.#page, words).signOut.click();
  }

  #choose(): Promise<void> {
    return new LoginChoice(this.#page).to(this.#provider).click();
  }

  /** Where somebody signs in: on pages of the provider, or of the app. */
  #form(): ProviderPages | PasswordForm {
    const { words } = this.#provider;
    return words ? new ProviderPages(this.#page, words) : new PasswordForm(this.#page);
  }
}
