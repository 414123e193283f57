import type { Locator, Page } from '@playwright/test';

/** What a provider calls the things that a login leads through. */
export interface ProviderWords {
  /** Label of the field for the name. */
  username: string;
  /** The right answer of a captcha, where there is one. */
  captcha?: string;
  signIn: string;
  agree: string;
  refuse: string;
  /** After a no, where that is not the end of it. */
  reconsider?: string;
  /** On the page for signing out, where there is one. */
  signOut?: string;
  staySignedIn?: string;
}

/** The pages of a provider between the click at the app and the way back. */
export class ProviderPages {
  readonly page: Page;
  readonly heading: Locator;
  readonly username: Locator;
  readonly password: Locator;
  readonly submit: Locator;
  readonly agree: Locator;
  readonly refuse: Locator;
  readonly reconsider: Locator;
  readonly signOut: Locator;
  readonly staySignedIn: Locator;
  readonly #captcha: Locator | undefined;

  constructor(page: Page, words: ProviderWords) {
    const button = (name: string) => page.getByRole('button', { name, exact: true });
    this.page = page;
    this.heading = page.getByRole('heading', { level: 1 });
    this.username = page.getByLabel(words.username);
    this.password = page.getByLabel('Password');
    this.submit = button(words.signIn);
    this.agree = button(words.agree);
    this.refuse = button(words.refuse);
    this.reconsider = page.getByRole('link', { name: words.reconsider ?? 'there is none' });
    this.signOut = button(words.signOut ?? 'there is none');
    this.staySignedIn = button(words.staySignedIn ?? 'there is none');
    this.#captcha = words.captcha === undefined ? undefined : page.getByLabel(words.captcha);
  }

  async signIn({ username, password }: { username: string; password: string }): Promise<void> {
    await this.username.fill(username);
    await this.password.fill(password);
    await this.#captcha?.check();
    await this.submit.click();
  }
}
