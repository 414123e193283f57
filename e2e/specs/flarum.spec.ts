import { rowOf } from '../matrix/providers.ts';
import { expect, test } from '../site-fixtures.ts';

test.use({ provider: rowOf('flarum') });

test('a Deny that grants, as in the plugin’s own form, logs in', async ({
  app,
  emulator,
  login,
  providerPages,
  yating,
}) => {
  emulator.personas.flarum.control.setDenyMode('grant');
  await login.signIn(yating);
  await providerPages.refuse.click();
  await app.waitForWelcome('yating');
});

for (const byScript of [false, true]) {
  test(`a Deny ${byScript ? 'by a script' : 'by a form'} that leads nowhere costs a second try`, async ({
    app,
    callbacks,
    choice,
    emulator,
    login,
    provider,
    providerPages,
    yating,
  }) => {
    const { control } = emulator.personas.flarum;
    if (byScript) control.setPluginSettings({ authorizationMethodFetch: true });
    else control.setDenyMode('silent');
    await login.signIn(yating);
    await providerPages.refuse.click();
    await expect(providerPages.heading).toHaveText('The page you requested could not be found');
    expect(callbacks()).toEqual([]);

    await app.goto();
    await choice.to(provider).click();
    await providerPages.agree.click();
    await app.waitForWelcome('yating');
  });
}

test('a refresh token is good for one use: after the second expiry somebody logs in again', async ({
  app,
  emulator,
  login,
  yating,
}) => {
  const { control } = emulator.personas.flarum;
  await login.logIn(yating);
  control.expireAccessTokens();
  await app.refreshAccount();
  await expect(app.refreshed).toBeAttached();

  control.expireAccessTokens();
  await app.refreshAccount();
  await expect(app.heading).toHaveText('Your session has ended.');
  await expect(app.content).toContainText('You were logged in as yating.');
  expect(control.stats()).toMatchObject({ calls: { refresh: 1 }, refreshReuses: 0 });
});

test('a forum that writes its warnings into its answers lets nobody in, and the page says so', async ({
  app,
  emulator,
  login,
  providerPages,
  yating,
}) => {
  const { control } = emulator.personas.flarum;
  control.setNicknames(false);
  control.setDisplayErrors(true);
  await login.signIn(yating);
  await providerPages.agree.click();
  await expect(app.heading).toHaveText('Something failed while logging you in.');
});
