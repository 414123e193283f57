import { rowOf } from '../matrix/providers.ts';
import { RememberizerAppsPage } from '../pages/rememberizer-apps-page.ts';
import { expect, test } from '../site-fixtures.ts';

test.use({ provider: rowOf('rememberizer') });

test('a login that was cancelled waits there, and goes on from there', async ({
  app,
  emulator,
  login,
  page,
  providerPages,
  yating,
}) => {
  const waiting = new RememberizerAppsPage(page, emulator.personas.rememberizer.baseUrl);
  await login.signIn(yating);
  await providerPages.refuse.click();
  await expect(app.heading).toHaveText('Your browser keeps only a ticket.');
  await waiting.continue('Cloakroom e2e');
  await providerPages.agree.click();
  await app.waitForWelcome('Lin Yating');
});

test('an app that is disconnected there is told at its next call', async ({
  app,
  context,
  emulator,
  login,
  yating,
}) => {
  await login.logIn(yating);
  await app.waitUntilFetched();
  const { baseUrl } = emulator.personas.rememberizer;
  await new RememberizerAppsPage(await context.newPage(), baseUrl).disconnect('Cloakroom e2e');
  await app.page.bringToFront();
  await app.refreshAccount();
  await expect(app.heading).toHaveText('Your session has ended.');
});

test('without offline access a visit lasts as long as its access token', async ({
  app,
  emulator,
  login,
  yating,
}) => {
  const { control } = emulator.personas.rememberizer;
  control.setGrantedScope('');
  await login.logIn(yating);
  await app.waitUntilFetched();
  control.expireAccessTokens();
  await app.refreshAccount();
  await expect(app.heading).toHaveText('Your session has ended.');
  expect(control.stats().calls.refresh).toBe(0);
});
