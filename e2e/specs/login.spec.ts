import { expect, test } from '../fixtures.ts';
import { expectQuestion } from '../pages/expect-question.ts';

test('one click at the app, and after the sign-in at the provider the account is there', {
  tag: '@deployed',
}, async ({ app, providerSignIn, yating }) => {
  await app.goto();
  await app.login.click();
  await expect(providerSignIn.page).toHaveTitle(/Sign in/);
  await providerSignIn.signIn(yating);

  await expect(app.heading).toHaveText(app.welcome('yating'));
  await expect(app.details).toContainText('yating@example.com');
  await expect(app.balance).toHaveText('750.00');
  await expect(app.page).toHaveURL('/');
});

test('whoever is signed in at the provider comes back without a word from it', async ({
  app,
  logIn,
}) => {
  await logIn();
  await app.logout.click();
  await app.login.click();
  await expect(app.heading).toHaveText(app.welcome('yating'));
});

test('where the provider asks, somebody sees what the app wants and allows it', async ({
  app,
  providerSignIn,
  providerConsent,
  yating,
}) => {
  await expectQuestion(app.page);
  await app.goto();
  await app.login.click();
  await providerSignIn.signIn(yating);
  await expect(providerConsent.heading).toHaveText('Allow Cloakroom e2e to use your account?');
  await expect(providerConsent.scopes).toHaveText([/^Your profile/, /^Your balance/]);
  await providerConsent.allow.click();
  await expect(app.heading).toHaveText(app.welcome('yating'));
});

test('somebody who says no is back, logged out, and is not scolded', async ({
  app,
  providerSignIn,
  providerConsent,
  yating,
}) => {
  await expectQuestion(app.page);
  await app.goto();
  await app.login.click();
  await providerSignIn.signIn(yating);
  await providerConsent.deny.click();
  await expect(app.heading).toHaveText('You cancelled the login.');
  await expect(app.page).toHaveURL('/');
  await app.page.reload();
  await expect(app.heading).toHaveText('Your browser keeps only a ticket.');
});

test('a wrong password stays a matter of the provider', async ({ app, providerSignIn, yating }) => {
  await app.goto();
  await app.login.click();
  await providerSignIn.signIn({ username: yating.username, password: 'guessed' });
  await expect(providerSignIn.alert).toHaveText('Wrong username or password.');
  await providerSignIn.signIn(yating);
  await expect(app.heading).toHaveText(app.welcome('yating'));
});

test('logins in two tabs at the same time both arrive', async ({
  app,
  openTab,
  providerSignIn,
  yating,
}) => {
  await app.goto();
  const second = await openTab();
  await app.login.click();
  await providerSignIn.submit.waitFor();
  await second.login.click();
  await second.page.waitForURL(/sign-in/);

  await providerSignIn.signIn(yating);
  await expect(app.heading).toHaveText(app.welcome('yating'));
  // The provider knows this browser by now, so its form needs no second password.
  await second.page.reload();
  await expect(second.heading).toHaveText(second.welcome('yating'));
});

test('the back button after a login shows no error, only who is here', async ({ app, logIn }) => {
  await logIn();
  await app.logout.click();
  await app.login.click(); // the provider knows this browser: there and back without a page
  await app.waitForAccountOf('yating');
  await app.page.goBack();
  await expect(app.heading).toHaveText(app.welcome('yating'));
  await app.page.goForward();
  await expect(app.heading).toHaveText(app.welcome('yating'));
});

test('the back button leads through the provider and home again', async ({ app, logIn }) => {
  await logIn();
  await app.page.goBack();
  await expect(app.heading).toHaveText(app.welcome('yating'));
});

test('a callback that is opened a second time leaves the session alone', async ({
  app,
  logIn,
  page,
}) => {
  const callbacks: string[] = [];
  page.on('request', (request) => {
    if (request.url().includes('/oauth/callback')) callbacks.push(request.url());
  });
  await logIn();
  expect(callbacks).toHaveLength(1);
  await page.goto(callbacks[0] ?? '');
  await expect(app.heading).toHaveText(app.welcome('yating'));
  await expect(page).toHaveURL('/');
});

test('a callback that another browser began logs nobody in', async ({ app, page }) => {
  await page.goto('/oauth/callback?code=stolen&state=of-another-browser');
  await expect(app.heading).toHaveText('This login attempt is no longer valid.');
  await expect(page).toHaveURL('/');
});
