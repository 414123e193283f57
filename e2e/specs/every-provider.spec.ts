import { callbackPath, PROVIDERS, REDIRECTING } from '../matrix/providers.ts';
import { expect, test } from '../site-fixtures.ts';

for (const provider of PROVIDERS) {
  const { account, hasDocuments = false, id, name, topsUp = false, words } = provider;

  test.describe(id, () => {
    test.use({ provider });

    test('the account is there after a login, after a reload and in a second tab', async ({
      app,
      callbacks,
      documents,
      login,
      messages,
      openTab,
      recording,
      yating,
    }) => {
      await login.logIn(yating);
      await expect(app.heading).toHaveText(app.welcome(account.welcomes));
      for (const text of account.says) await expect(app.content).toContainText(text);
      await expect(app.ticket).toContainText(name);
      await expect(app.topup).toBeVisible({ visible: topsUp });
      await expect(documents.panel).toBeVisible({ visible: hasDocuments });
      await expect(app.page).toHaveURL('/');
      expect(callbacks()).toEqual(words ? [callbackPath(provider)] : []);

      await app.page.reload();
      await app.waitForWelcome(account.welcomes);
      const second = await openTab();
      await second.waitForWelcome(account.welcomes);
      expect(messages).toEqual([]);
      await expect(recording).toHoldNoSecrets();
    });
  });
}

for (const provider of REDIRECTING) {
  const { account, id, signsOutThere = false } = provider;

  test.describe(id, () => {
    test.use({ provider });

    test('a logout empties every tab, and the way back in comes first', async ({
      app,
      choice,
      login,
      openTab,
      recording,
      yating,
    }) => {
      await login.logIn(yating);
      const second = await openTab();
      await second.waitForWelcome(account.welcomes);
      await app.logout.click();
      await login.signOutThere();

      await expect(app.heading).toHaveText('You are logged out.');
      await expect(second.heading).toHaveText('You logged out in another tab.');
      await expect(second.content).not.toContainText('yating');
      await expect(choice.lastUsed.and(choice.to(provider))).toBeVisible();
      await expect(choice.ways.first().and(choice.to(provider))).toBeVisible();

      await login.logInAgain(signsOutThere ? yating : undefined);
      await expect(app.heading).toHaveText(app.welcome(account.welcomes));
      await expect(recording).toHoldNoSecrets();
    });
  });
}
