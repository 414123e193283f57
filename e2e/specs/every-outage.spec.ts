import { PROVIDERS, REDIRECTING } from '../matrix/providers.ts';
import { expect, test } from '../site-fixtures.ts';

for (const provider of REDIRECTING) {
  const { account, calls, id } = provider;

  test.describe(id, () => {
    test.use({ provider });

    test('a login while the provider is down says so, and works afterwards', async ({
      app,
      control,
      login,
      yating,
    }) => {
      control.addFault({ endpoint: calls.login, kind: 'reset' });
      await login.signIn(yating);
      await login.agree();
      await expect(app.heading).toHaveText('The provider cannot be reached right now.');
      await expect(app.content).toContainText('Try again in a minute.');

      control.clearFaults();
      await login.logInAgain();
      await expect(app.heading).toHaveText(app.welcome(account.welcomes));
    });
  });
}

for (const provider of PROVIDERS) {
  const { account, calls, id } = provider;

  test.describe(id, () => {
    test.use({ provider });

    test('nobody is logged out while the provider is down', async ({
      app,
      control,
      login,
      yating,
    }) => {
      await login.logIn(yating);
      for (const endpoint of Object.values(calls)) {
        if (endpoint) control.addFault({ endpoint, kind: 'status', status: 503 });
      }
      if (calls.account) await app.refreshAccount();
      // Where nothing is ever asked of the provider there is nothing to notice.
      await expect(app.notice).toBeVisible({ visible: calls.account !== null });
      await app.page.reload();
      await app.waitForWelcome(account.welcomes);
      await expect(app.notice).toBeVisible({ visible: calls.account !== null });

      control.clearFaults();
      if (calls.account) await app.retryNow.click();
      await expect(app.notice).toBeHidden();
      for (const text of account.says) await expect(app.content).toContainText(text);
    });
  });
}
