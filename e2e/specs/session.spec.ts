import { expect, test } from '../fixtures.ts';
import { ProviderTopupPage } from '../pages/provider-topup-page.ts';

test('an access token that runs out is replaced once, under the nose of its user', async ({
  app,
  logIn,
  openTab,
  provider,
}) => {
  await logIn();
  const second = await openTab();
  await second.waitForAccountOf('yating');
  // The next access token lives 2 seconds, so it is replaced after 1; those after it live on.
  provider.setLifetimes({ accessToken: 2 });
  provider.expireAccessTokens();
  await app.refreshAccount();
  provider.setLifetimes({ accessToken: 7200 });
  provider.setUser('yating', { balance: 12.5 });
  expect(provider.stats().calls.refresh).toBe(1);

  await app.page.waitForTimeout(1_100);
  await Promise.all([app.refreshAccount(), second.refreshAccount()]);
  await expect(app.balance).toHaveText('12.50');
  await expect(second.balance).toHaveText('12.50');
  await app.refreshAccount();
  expect(provider.stats().calls.refresh).toBe(2);
});

test('an access token that the provider ended early is replaced once too', async ({
  app,
  logIn,
  provider,
}) => {
  await logIn();
  provider.expireAccessTokens();
  provider.setUser('yating', { balance: 7 });
  await app.refreshAccount();
  await expect(app.balance).toHaveText('7.00');
  expect(provider.stats().calls.refresh).toBe(1);
});

test('access that was taken back at the provider ends the session, and says whose it was', async ({
  app,
  logIn,
  providerAccount,
}) => {
  await logIn();
  await providerAccount.revoke('Cloakroom e2e');
  await app.page.bringToFront();
  await app.refreshAccount();
  await expect(app.heading).toHaveText('Your session has ended.');
  await expect(app.page.getByRole('main')).toContainText('yating');
  await app.login.click();
  await expect(app.heading).toHaveText(app.welcome('yating'));
});

test('a logout in one tab empties the other', async ({ app, logIn, openTab }) => {
  await logIn();
  const second = await openTab();
  await second.waitForAccountOf('yating');
  await app.logout.click();
  await expect(app.heading).toHaveText('You are logged out.');
  await expect(second.heading).toHaveText('You logged out in another tab.');
  await expect(second.page.getByRole('main')).not.toContainText('yating');
  await app.page.reload();
  await expect(app.login).toBeVisible();
});

test('two people take turns at one browser without meeting each other', async ({
  app,
  context,
  logIn,
  weichen,
}) => {
  await logIn();
  await app.logout.click();
  await app.login.waitFor();
  await context.clearCookies({ domain: '127.0.0.1' }); // signed out at the provider as well
  await logIn(weichen);
  await expect(app.details).toContainText('weichen@example.com');
  await expect(app.balance).toHaveText('41.76');
});

test('a top-up is paid at the provider, and the new balance shows when asked for', async ({
  app,
  logIn,
}) => {
  await logIn();
  const topup = new ProviderTopupPage(await app.openTopup());
  await topup.pay.click();
  await expect(topup.received).toBeVisible();
  await expect(app.balance).toHaveText('750.00');
  await app.page.bringToFront();
  await app.refreshAccount();
  await expect(app.balance).not.toHaveText('750.00');
});
