import { rowOf } from '../matrix/providers.ts';
import { MementoChoice } from '../pages/memento-choice.ts';
import { expect, test } from '../site-fixtures.ts';

for (const provider of [rowOf('rememberizer'), rowOf('rememberizer-account')]) {
  test.describe(provider.id, () => {
    test.use({ provider });

    test('a search finds what somebody keeps, and says where it finds nothing', async ({
      documents,
      login,
      recording,
      yating,
    }) => {
      await login.logIn(yating);
      await documents.search('How do I brew oolong?');
      await expect(documents.status).toContainText('What comes closest to');
      await expect(documents.found.first()).toContainText(/oolong/i);
      await documents.search('xylophone');
      await expect(documents.status).toContainText('Nothing comes close to “xylophone”.');
      await expect(documents.found).toHaveCount(0);
      await expect(recording).toHoldNoSecrets();
    });
  });
}

test.describe('at Rememberizer', () => {
  test.use({ provider: rowOf('rememberizer') });

  test('the search of a provider that is down is no end of the visit', async ({
    app,
    control,
    documents,
    login,
    yating,
  }) => {
    await login.logIn(yating);
    control.addFault({ endpoint: 'search', kind: 'status', status: 503 });
    await documents.search('tea');
    await expect(documents.failure).toContainText('Rememberizer is not answering.');
    await expect(documents.failure).toBeFocused();
    control.clearFaults();
    await documents.search('tea');
    await expect(documents.found.first()).toBeVisible();
    await expect(app.heading).toHaveText(app.welcome('Lin Yating'));
  });

  test('access that was taken back shows at the next search', async ({
    app,
    control,
    documents,
    login,
    yating,
  }) => {
    await login.logIn(yating);
    await app.waitUntilFetched();
    await control.revokeGrants?.();
    await documents.search('tea');
    await expect(app.heading).toHaveText('Your session has ended.');
  });

  test('what was not chosen there is not found here', async ({
    app,
    documents,
    login,
    page,
    providerPages,
    yating,
  }) => {
    await login.signIn(yating);
    await new MementoChoice(page).chooseOnly('Tea');
    await providerPages.agree.click();
    await app.waitForWelcome('Lin Yating');
    await documents.search('Kyoto guesthouse');
    await expect(documents.status).toContainText('Nothing comes close to');
    await documents.search('oolong');
    await expect(documents.found.first()).toContainText(/oolong/i);
  });

  test('the envelope of the samples is understood as well', async ({
    documents,
    emulator,
    login,
    yating,
  }) => {
    emulator.personas.rememberizer.control.setSearchEnvelope('data');
    await login.logIn(yating);
    await documents.search('oolong');
    await expect(documents.found.first()).toContainText(/oolong/i);
  });
});
