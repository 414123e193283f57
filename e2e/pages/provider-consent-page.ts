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

  /**
   * Make the app's next logins ask. It asks for consent at once (`auto_authorize`), which no button
   * of it turns off: so the parameter is taken out of the address it sends the browser to.
   */
  async expectQuestion(): Promise<void> {
    await this.page.route('**/auth/oauth/start*', async (route) => {
      const answer = await route.fetch({ maxRedirects: 0 });
      const address = new URL(answer.headers().location ?? '');
      address.searchParams.delete('auto_authorize');
      await route.fulfill({
        response: answer,
        headers: { ...answer.headers(), location: address.href },
      });
    });
  }
}
