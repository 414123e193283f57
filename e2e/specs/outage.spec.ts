import { expect, test } from '../fixtures.ts';

test('a provider that is down costs the newest balance, not the session', async ({
  app,
  logIn,
  provider,
}) => {
  await logIn();
  provider.addFault({ endpoint: 'userinfo', kind: 'status', status: 503 });
  await app.refreshAccount();
  await expect(app.notice).toContainText('You are still logged in');
  await expect(app.balance).toHaveText('750.00');
  await expect(app.balanceTime).toContainText('Last known');

  provider.clearFaults();
  await app.retryNow.click();
  await expect(app.notice).toBeHidden();
  await expect(app.balanceTime).toContainText('As of');
});

test('trying again keeps the focus, and gives it to the heading once there is an answer', async ({
  app,
  logIn,
  page,
  provider,
}) => {
  await logIn();
  provider.addFault({ endpoint: 'userinfo', kind: 'status', status: 503 });
  await page.reload();
  await app.retryNow.focus();
  const refused = page.waitForResponse('**/api/user/info');
  await page.keyboard.press('Enter');
  await refused;
  await expect(app.retryNow).toBeEnabled();
  await expect(app.retryNow).toBeFocused();

  provider.clearFaults();
  await page.keyboard.press('Enter');
  await expect(app.heading).toBeFocused();
});

test('a login at a provider that does not answer fails with a reason, and works afterwards', async ({
  app,
  provider,
  providerSignIn,
  yating,
}) => {
  provider.addFault({ endpoint: 'token', kind: 'reset' });
  await app.goto();
  await app.login.click();
  await providerSignIn.signIn(yating);
  await expect(app.heading).toHaveText('The provider cannot be reached right now.');
  provider.clearFaults();
  await app.login.click();
  await expect(app.heading).toHaveText(app.welcome('yating'));
});

test('while the session store is away the page says so, and nobody is logged out', async ({
  app,
  logIn,
  stack,
}) => {
  await logIn();
  await stack.store.goAway();
  await app.refreshAccount();
  await expect(app.notice).toContainText('The cloakroom is closed for a moment.');
  await expect(app.heading).toHaveText(app.welcome('yating'));
  await app.page.reload();
  await expect(app.heading).toHaveText('The cloakroom is closed for a moment.');

  await stack.store.comeBack();
  await expect(async () => {
    if (await app.retryNow.isVisible()) await app.retryNow.click();
    await expect(app.heading).toHaveText(app.welcome('yating'), { timeout: 2_000 });
  }).toPass();
});

test('without a network the page keeps what it knows and finds back by itself', async ({
  app,
  context,
  logIn,
}) => {
  await logIn();
  await context.setOffline(true);
  await expect(app.notice).toContainText('You are offline.');
  await expect(app.balance).toHaveText('750.00');
  await context.setOffline(false);
  await expect(app.notice).toBeHidden();
});
