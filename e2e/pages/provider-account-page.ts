import type { Page } from '@playwright/test';

/** The provider's own pages for somebody who is signed in there. */
export class ProviderAccountPage {
  readonly page: Page;
  readonly #url: string;

  constructor(page: Page, providerUrl: string) {
    this.page = page;
    this.#url = providerUrl;
  }

  async gotoApps(): Promise<void> {
    await this.page.goto(`${this.#url}/account/apps`);
  }

  /** Take back what one app was allowed. */
  async revoke(app: string): Promise<void> {
    await this.gotoApps();
    await this.page.getByRole('button', { name: `Revoke ${app}` }).click();
    await this.page.getByRole('status').waitFor();
  }
}
