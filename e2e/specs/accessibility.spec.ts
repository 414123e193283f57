import { axeFindings } from '../accessibility/axe-findings.ts';
import { expect, test } from '../fixtures.ts';
import { pageStates } from '../pages/page-states.ts';

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`in ${colorScheme} colours`, () => {
    // Colours half way through an animation are nobody's choice.
    test.use({ colorScheme, contextOptions: { reducedMotion: 'reduce' } });

    for (const [state, reach] of Object.entries(pageStates)) {
      test(`axe finds nothing wrong with the page when it is "${state}"`, async ({
        app,
        logIn,
        provider,
        stack,
        page,
      }) => {
        await reach({ app, logIn, provider, stack });
        expect(await axeFindings(page)).toEqual([]);
      });
    }
  });
}

test('the page can be used from the login to the logout without a mouse', async ({
  app,
  page,
  providerSignIn,
  yating,
}) => {
  await app.goto();
  await app.login.focus();
  await page.keyboard.press('Enter');
  await providerSignIn.username.fill(yating.username);
  await providerSignIn.password.fill(yating.password);
  await page.keyboard.press('Enter');
  await app.waitForAccountOf('yating');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Skip to content' })).toBeFocused();
  await app.logout.focus();
  await page.keyboard.press('Enter');
  await expect(app.heading).toBeFocused();
  await expect(app.heading).toHaveText('You are logged out.');
});
