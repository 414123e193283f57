import { expect, test } from '../fixtures.ts';

test('an access token that runs out is replaced once, under the nose of its user', async ({
  app,
  logIn,
  openTab,
  provider,
}) => {
  provider.setLifetimes({ accessToken: 3 });
  await logIn();
  const second = await openTab();
  await second.waitForAccountOf('yating');
  provider.setLifetimes({ accessToken: 7200 });
  provider.setUser('yating', { balance: 12.5 });
  expect(provider.stats().calls.refresh).toBe(0);

  // Half of its life has gone by then.
  await expect.poll(() => Date.now(), { intervals: [1_600] }).toBeGreaterThan(0);
  await app.page.waitForTimeout(1_600);
  await Promise.all([app.refreshAccount(), second.refreshAccount()]);
  await expect(app.balance).toHaveText('12.50');
  await expect(second.balance).toHaveText('12.50');
  await app.refreshAccount();
  expect(provider.stats().calls.refresh).toBe(1);
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

test('a top-up opens at the provider, and the new balance shows when asked for', async ({
  app,
  logIn,
  provider,
}) => {
  await logIn();
  const tab = await app.openTopup();
  await expect(tab).toHaveURL(/\/aihubmix\/console\/topup/);
  provider.setUser('yating', { balance: 1000 });
  await app.page.bringToFront();
  await app.refreshAccount();
  await expect(app.balance).toHaveText('1000.00');
});
