import type { Page } from '@playwright/test';

/** Make the answer to a provider's question lead to another path of the app, its parameters unchanged. */
export async function comeBackAt(page: Page, path: string): Promise<void> {
  await page.route('**/oauth/authorize', async (route) => {
    const answer = await route.fetch({ maxRedirects: 0 });
    const address = new URL(answer.headers().location ?? '');
    address.pathname = path;
    await route.fulfill({
      response: answer,
      headers: { ...answer.headers(), location: address.href },
    });
  });
}
