import type { Page } from '@playwright/test';

/**
 * Make a tab's next logins ask for consent where the app turns that off (`auto_authorize`), which no
 * button of it undoes: so the parameter is taken out of the address it sends the browser to.
 */
export async function expectQuestion(page: Page): Promise<void> {
  await page.route('**/auth/oauth/start*', async (route) => {
    const answer = await route.fetch({ maxRedirects: 0 });
    const address = new URL(answer.headers().location ?? '');
    address.searchParams.delete('auto_authorize');
    await route.fulfill({
      response: answer,
      headers: { ...answer.headers(), location: address.href },
    });
  });
}
