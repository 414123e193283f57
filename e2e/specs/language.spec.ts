import { en } from '../../apps/web/src/language/en.ts';
import { zhHans } from '../../apps/web/src/language/zh-hans.ts';
import { zhHant } from '../../apps/web/src/language/zh-hant.ts';
import { expect, test } from '../fixtures.ts';

for (const [locale, lang, words] of [
  ['zh-TW', 'zh-Hant', zhHant],
  ['zh-CN', 'zh-Hans', zhHans],
  ['en-US', 'en', en],
  ['fr-FR', 'en', en],
] as const) {
  test.describe(`in a browser that prefers ${locale}`, () => {
    test.use({ locale });

    test(`the page speaks ${lang}`, { tag: '@deployed' }, async ({ app, page }) => {
      await app.goto();
      await expect(app.heading).toHaveText(words.signedOut.heading);
      await expect(page.locator('html')).toHaveAttribute('lang', lang);
      await expect(app.in(words).login).toBeVisible();
    });
  });
}

test('a language that was chosen stays, through a login too', async ({
  app,
  page,
  providerSignIn,
  yating,
}) => {
  await app.goto();
  await app.chooseLanguage('繁體中文');
  const translated = app.in(zhHant);
  await expect(app.heading).toHaveText(zhHant.signedOut.heading);
  await page.reload();
  await expect(app.heading).toHaveText(zhHant.signedOut.heading);
  await translated.login.click();
  await providerSignIn.signIn(yating);
  await expect(app.heading).toHaveText(translated.welcome('yating'));
  await expect(translated.logout).toBeVisible();
});
