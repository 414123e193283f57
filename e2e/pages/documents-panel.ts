import type { Locator, Page } from '@playwright/test';
import { en } from '../../apps/web/src/language/en.ts';

/** The part of the account's page that searches somebody's documents. */
export class DocumentsPanel {
  readonly panel: Locator;
  readonly query: Locator;
  readonly submit: Locator;
  /** Says how the search went. */
  readonly status: Locator;
  readonly found: Locator;
  readonly failure: Locator;

  constructor(page: Page) {
    const { documents } = en;
    this.panel = page.getByRole('region', { name: documents.heading });
    this.query = this.panel.getByLabel(documents.query);
    this.submit = this.panel.getByRole('button', { name: documents.submit });
    this.status = this.panel.getByRole('status');
    this.failure = this.panel.locator('p[tabindex="-1"]');
    this.found = this.panel.getByRole('listitem');
  }

  async search(query: string): Promise<void> {
    await this.query.fill(query);
    await this.submit.click();
  }
}
