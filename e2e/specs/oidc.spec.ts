import { rowOf } from '../matrix/providers.ts';
import { IssuerAccountPage } from '../pages/issuer-account-page.ts';
import { expect, test } from '../site-fixtures.ts';

test.use({ provider: rowOf('oidc') });

test('who signs out at the issuer is signed out here, and learns it at the next call', async ({
  app,
  context,
  emulator,
  login,
  openTab,
  yating,
}) => {
  await login.logIn(yating);
  const second = await openTab();
  await second.waitUntilFetched();
  await app.waitUntilFetched();
  const { baseUrl } = emulator.personas.oidc;
  await new IssuerAccountPage(await context.newPage(), baseUrl).signOut();

  await app.page.bringToFront();
  await app.refreshAccount();
  await expect(app.heading).toHaveText('Your session has ended.');
  await expect(second.heading).toHaveText('Your session has ended.');
  await app.page.reload();
  await expect(app.heading).toHaveText('Your browser keeps only a ticket.');
});

test('a logout order that somebody forged ends nothing', async ({
  app,
  emulator,
  login,
  yating,
}) => {
  const { control } = emulator.personas.oidc;
  await login.logIn(yating);
  const call = { username: 'yating', by: 'sid' } as const;
  const forged = await control.sendBackchannelLogout({ ...call, hostile: 'bad-signature' });
  expect(forged.map(({ status }) => status)).toEqual([400]);
  await app.refreshAccount();
  await expect(app.refreshed).toBeAttached();

  const real = await control.sendBackchannelLogout(call);
  expect(real.map(({ status }) => status)).toEqual([200]);
  await app.refreshAccount();
  await expect(app.heading).toHaveText('Your session has ended.');
});

test('who stays signed in at the issuer has left the app all the same', async ({
  app,
  login,
  providerPages,
  yating,
}) => {
  await login.logIn(yating);
  await app.logout.click();
  await providerPages.staySignedIn.click();
  await expect(app.heading).toHaveText('You are logged out.');
  await app.page.reload();
  await expect(app.heading).toHaveText('Your browser keeps only a ticket.');
});

test('an ID token that somebody else signed logs nobody in', async ({
  app,
  emulator,
  login,
  providerPages,
  recording,
  yating,
}) => {
  emulator.personas.oidc.control.forgeIdToken('bad-signature');
  await login.signIn(yating);
  await providerPages.agree.click();
  await expect(app.heading).toHaveText('Something failed while logging you in.');
  await expect(recording).toHoldNoSecrets();
});

test('without a refresh token a visit lasts as long as its access token', async ({
  app,
  emulator,
  login,
  yating,
}) => {
  const { control } = emulator.personas.oidc;
  control.setRefreshTokens('never');
  await login.logIn(yating);
  await app.waitUntilFetched();
  control.expireAccessTokens();
  await app.refreshAccount();
  await expect(app.heading).toHaveText('Your session has ended.');
});
