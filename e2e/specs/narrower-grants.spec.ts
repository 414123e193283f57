import { PROVIDERS } from '../matrix/providers.ts';
import { expect, test } from '../site-fixtures.ts';

for (const provider of PROVIDERS) {
  for (const { give, hides, says, welcomes, where } of provider.narrowings) {
    test.describe(provider.id, () => {
      test.use({ provider });

      test(`the account shows what there is where ${where}`, async ({
        app,
        emulator,
        login,
        messages,
        yating,
      }) => {
        give(emulator);
        await login.logIn(yating);
        await expect(app.heading).toHaveText(app.welcome(welcomes));
        if (provider.calls.account) {
          await app.refreshAccount();
          await expect(app.refreshed).toBeAttached();
        }
        for (const text of says) await expect(app.content).toContainText(text);
        for (const text of hides) await expect(app.content).not.toContainText(text);
        expect(messages).toEqual([]);
      });
    });
  }
}
