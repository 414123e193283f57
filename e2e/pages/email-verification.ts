import type { Locator, Page } from '@playwright/test';
import { en } from '../../apps/web/src/language/en.ts';

/** The part of the account's page that proves an e-mail address. */
export class EmailVerification {
  readonly code: Locator;
  readonly submit: Locator;
  readonly failure: Locator;
  readonly done: Locator;
  readonly #fold: Locator;

  constructor(page: Page) {
    const { verifyEmail } = en;
    const form = page.getByRole('form', { name: verifyEmail.heading });
    this.#fold = page.locator('summary').filter({ hasText: verifyEmail.heading });
    this.code = form.getByLabel(verifyEmail.code);
    this.submit = form.getByRole('button', { name: verifyEmail.submit });
    this.failure = form.locator('p[tabindex="-1"]');
    this.done = page.getByText(verifyEmail.done);
  }

  async open(): Promise<void> {
    await this.#fold.click();
  }

  async send(code: string): Promise<void> {
    await this.code.fill(code);
    await this.submit.click();
  }
}
