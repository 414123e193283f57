import type { Page } from '@playwright/test';

/** The issuer's own page for somebody who is signed in there. */
export class IssuerAccountPage {
  readonly page: Page;
  readonly #url: string;

  constructor(page: Page, issuer: string) {
    this.page = page;
    this.#url = `${issuer}/account`;
  }

  /** Sign out there, and wait until that is done. */
  async signOut(): Promise<void> {
    await this.page.goto(this.#url);
    await this.page.getByRole('link', { name: 'Sign out' }).click();
    await this.page.getByRole('button', { name: 'Sign out' }).click();
    await this.page.getByRole('heading', { name: 'You are signed out' }).waitFor();
  }
}
