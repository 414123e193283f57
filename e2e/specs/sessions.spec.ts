import { rowOf } from '../matrix/providers.ts';
import { expect, test } from '../site-fixtures.ts';

test('two browsers are listed, and one ends the other', async ({
  app,
  login,
  logInOnOtherDevice,
  sessions,
  yating,
}) => {
  await login.logIn(yating);
  const other = await logInOnOtherDevice();
  await sessions.link.click();
  await expect(sessions.entries).toHaveCount(2);
  await expect(sessions.entries.first().and(sessions.here)).toBeVisible();
  await expect(sessions.end).toHaveCount(1);

  await sessions.end.click();
  await sessions.no.press('Escape');
  await expect(sessions.end).toBeFocused();
  await sessions.end.click();
  await sessions.yes.click();
  await expect(app.content).toContainText('is logged out.');
  await expect(app.content).toContainText('You are logged in nowhere else.');
  await expect(sessions.entries).toHaveCount(1);

  await other.refreshAccount();
  await expect(other.heading).toHaveText('Your session has ended.');
  await sessions.back.click();
  await app.waitForWelcome('yating');
});

for (const provider of [rowOf('aihubmix'), rowOf('oidc'), rowOf('rememberizer-account')]) {
  test.describe(provider.id, () => {
    test.use({ provider });

    test('to log out everywhere ends this visit and that of the other browser', async ({
      app,
      login,
      logInOnOtherDevice,
      sessions,
      yating,
    }) => {
      await login.logIn(yating);
      const other = await logInOnOtherDevice();
      await sessions.link.click();
      await sessions.everywhere.click();
      await sessions.yesEverywhere.click();
      await login.signOutThere();
      await expect(app.heading).toHaveText('You are logged out.');
      await other.refreshAccount();
      await expect(other.heading).toHaveText('Your session has ended.');
    });
  });
}

test('the list has an address of its own, through a login and a reload', async ({
  app,
  choice,
  page,
  provider,
  providerPages,
  sessions,
  yating,
}) => {
  await app.goto('/sessions');
  await choice.to(provider).click();
  await providerPages.signIn(yating);
  await expect(sessions.heading).toBeVisible();
  await expect(page).toHaveURL('/sessions');
  await page.reload();
  await expect(sessions.here).toBeVisible();
  await sessions.back.click();
  await app.waitForWelcome('yating');
  await page.goBack();
  await expect(sessions.heading).toBeVisible();
});
