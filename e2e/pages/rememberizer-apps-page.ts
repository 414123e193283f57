import type { Page } from '@playwright/test';

/** "Your connected apps" at Rememberizer: what may look into somebody's mementos, and what waits. */
export class RememberizerAppsPage {
  readonly page: Page;
  readonly #url: string;

  constructor(page: Page, providerUrl: string) {
    this.page = page;
    this.#url = `${providerUrl}/connected-apps`;
  }

  /** Go on with a request that was cancelled: the question is asked again. */
  async continue(app: string): Promise<void> {
    await this.page.goto(this.#url);
    await this.page.getByRole('link', { name: `Continue ${app}` }).click();
  }

  /** End what an app may do. */
  async disconnect(app: string): Promise<void> {
    await this.page.goto(this.#url);
    await this.page.getByRole('button', { name: `Disconnect ${app}` }).click();
    await this.page.getByRole('status').waitFor();
  }
}
