import { rowOf } from '../matrix/providers.ts';
import { test } from '../site-fixtures.ts';

test.use({ provider: rowOf('afdian') });

test('a no there can be thought over, and the login goes on', async ({
  app,
  login,
  providerPages,
  yating,
}) => {
  await login.signIn(yating);
  await providerPages.refuse.click();
  await providerPages.reconsider.click();
  await providerPages.agree.click();
  await app.waitForWelcome('雅婷在写诗');
});
