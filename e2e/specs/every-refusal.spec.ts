import { REDIRECTING } from '../matrix/providers.ts';
import { expectQuestion } from '../pages/expect-question.ts';
import { expect, test } from '../site-fixtures.ts';

for (const provider of REDIRECTING) {
  const { account, asks, id, refusal } = provider;

  test.describe(id, () => {
    test.use({ provider });

    test('whoever says no is logged in nowhere, and may say yes the next time', async ({
      app,
      callbacks,
      choice,
      login,
      page,
      providerPages,
      site,
      yating,
    }) => {
      if (asks === 'never') await expectQuestion(page);
      await login.signIn(yating);
      await providerPages.refuse.click();
      await expect(providerPages.heading).toHaveText(refusal?.heading ?? '');
      expect(new URL(page.url()).origin === site.url).toBe(refusal?.at === 'app');
      expect(callbacks()).toHaveLength(refusal?.isTold ? 1 : 0);

      await app.goto();
      await choice.to(provider).click();
      await providerPages.agree.click();
      await app.waitForWelcome(account.welcomes);
    });
  });
}
