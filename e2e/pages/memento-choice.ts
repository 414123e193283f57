import type { Locator, Page } from '@playwright/test';

/** Rememberizer's question which mementos an app may read. */
export class MementoChoice {
  readonly page: Page;
  readonly #mementos: Locator;

  constructor(page: Page) {
    this.page = page;
    this.#mementos = page.getByRole('group', { name: 'Mementos' }).getByRole('checkbox');
  }

  async chooseOnly(memento: string): Promise<void> {
    for (const box of await this.#mementos.all()) await box.uncheck();
    await this.page.getByRole('checkbox', { name: memento }).check();
  }
}
