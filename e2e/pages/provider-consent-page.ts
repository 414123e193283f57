import type { Locator, Page } from '@playwright/test';

/** The page on which the provider asks what an app may see. */
export class ProviderConsentPage {
  readonly page: Page;
  readonly heading: Locator;
  readonly scopes: Locator;
  readonly allow: Locator;
  readonly deny: Locator;

  constructor(page: Page) {
    this.page = page;
    this.heading = page.getByRole('heading', { level: 1 });
    this.scopes = page.getByRole('listitem').filter({ hasText: /^Your/ });
    this.allow = page.getByRole('button', { name: 'Allow' });
    this.deny = page.getByRole('button', { name: 'Deny' });
  }
}
