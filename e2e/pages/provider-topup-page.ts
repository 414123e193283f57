import type { Locator, Page } from '@playwright/test';

/** The provider's top-up page, in the tab that the app opened. */
export class ProviderTopupPage {
  readonly page: Page;
  readonly heading: Locator;
  readonly pay: Locator;
  readonly received: Locator;

  constructor(page: Page) {
    this.page = page;
    this.heading = page.getByRole('heading', { level: 1 });
    this.pay = page.getByRole('button', { name: 'Pay with demo card' });
    this.received = page.getByRole('heading', { name: 'Payment received' });
  }
}
