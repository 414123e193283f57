import { PROVIDERS } from '../matrix/providers.ts';
import { expect, test } from '../site-fixtures.ts';

for (const provider of PROVIDERS.filter(({ calls }) => calls.refresh !== null)) {
  const { account, calls, id, words } = provider;

  test.describe(id, () => {
    test.use({ provider });

    test('an access token that is replaced in the middle of a visit is nobody’s business', async ({
      app,
      control,
      login,
      messages,
      recording,
      yating,
    }) => {
      await login.logIn(yating);
      await control.expireAccessTokens?.();
      await app.refreshAccount();
      await expect(app.refreshed).toBeAttached();
      await expect(app.heading).toHaveText(app.welcome(account.welcomes));
      expect(control.stats().calls[calls.refresh ?? '']).toBe(1);
      expect(messages).toEqual([]);
      await expect(recording).toHoldNoSecrets();
    });

    test('access that was taken back there ends the visit here, in every tab', async ({
      app,
      control,
      login,
      openTab,
      yating,
    }) => {
      await login.logIn(yating);
      const second = await openTab();
      await second.waitUntilFetched();
      await app.waitUntilFetched();
      await control.revokeGrants?.();
      await app.refreshAccount();
      await expect(app.heading).toHaveText('Your session has ended.');
      await expect(app.content).toContainText(`You were logged in as ${account.welcomes}.`);
      await expect(second.heading).toHaveText('Your session has ended.');

      await login.logInAgain(words ? undefined : yating);
      await expect(app.heading).toHaveText(app.welcome(account.welcomes));
    });
  });
}
