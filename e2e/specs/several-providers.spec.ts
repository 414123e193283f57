import { en } from '../../apps/web/src/language/en.ts';
import { zhHans } from '../../apps/web/src/language/zh-hans.ts';
import { zhHant } from '../../apps/web/src/language/zh-hant.ts';
import { callbackPath, PROVIDERS, rowOf } from '../matrix/providers.ts';
import { comeBackAt } from '../pages/come-back-at.ts';
import { LoginAt } from '../pages/login-at.ts';
import { LoginChoice } from '../pages/login-choice.ts';
import { expect, test } from '../site-fixtures.ts';

for (const [locale, words] of [
  ['en-GB', en],
  ['zh-TW', zhHant],
  ['zh-CN', zhHans],
] as const) {
  test.describe(`in a browser that prefers ${locale}`, () => {
    test.use({ locale });

    test('the choice names every provider, so that none is taken for another', async ({
      app,
      page,
    }) => {
      const choice = new LoginChoice(page, words);
      await app.goto();
      await expect(choice.ways).toHaveCount(PROVIDERS.length);
      for (const [place, provider] of PROVIDERS.entries()) {
        await expect(choice.ways.nth(place).and(choice.to(provider))).toBeVisible();
      }
    });
  });
}

test.describe('at the last of them', () => {
  const provider = rowOf('oidc');
  test.use({ provider });

  test('choice, login and logout need no mouse', async ({
    app,
    choice,
    page,
    providerPages,
    yating,
  }) => {
    await app.goto();
    await choice.ways.first().focus();
    for (const _other of PROVIDERS.slice(1)) await page.keyboard.press('Tab');
    await expect(choice.to(provider)).toBeFocused();
    await page.keyboard.press('Enter');
    await providerPages.username.fill(yating.username);
    await providerPages.password.fill(yating.password);
    await page.keyboard.press('Enter');
    await providerPages.agree.press('Enter');
    await app.waitForWelcome('yating');
    await app.logout.press('Enter');
    await providerPages.signOut.press('Enter');
    await expect(app.heading).toHaveText('You are logged out.');
  });
});

test.describe('with two forums', () => {
  const [first, second] = [rowOf('flarum'), rowOf('second-forum')];
  test.use({ provider: first });

  test('an answer of one at the callback of the other logs nobody in', async ({
    app,
    callbacks,
    login,
    page,
    providerPages,
    site,
    yating,
  }) => {
    await login.signIn(yating);
    await comeBackAt(page, callbackPath(second));
    await providerPages.agree.click();
    await expect(app.heading).toHaveText('This login attempt is no longer valid.');
    expect(callbacks()).toEqual([callbackPath(second)]);
    for (const { personas } of [site.cast.emulator, site.cast.elsewhere]) {
      expect(personas.flarum.control.stats().calls.token).toBe(0);
    }
  });

  test('people of the same number are two, each with an account of their own', async ({
    app,
    login,
    logInOnOtherDevice,
    sessions,
    site,
    yating,
  }) => {
    const { control } = site.cast.elsewhere.personas.flarum;
    control.setUser('yating', { email: 'namesake@example.com' });
    await login.logIn(yating);
    const other = await logInOnOtherDevice(second);
    await expect(app.content).toContainText('yating@example.com');
    await expect(other.content).toContainText('namesake@example.com');
    await expect(other.ticket).toContainText('Flarum (second-forum)');

    await sessions.link.click();
    await expect(sessions.entries).toHaveCount(1);
    await sessions.everywhere.click();
    await sessions.yesEverywhere.click();
    await expect(app.heading).toHaveText('You are logged out.');
    await other.refreshAccount();
    await expect(other.refreshed).toBeAttached();
  });
});

test('logins at two providers in two tabs both arrive, and the later one counts', async ({
  app,
  context,
  page,
  yating,
}) => {
  const [one, other] = [
    new LoginAt(rowOf('rememberizer'), page),
    new LoginAt(rowOf('flarum'), await context.newPage()),
  ];
  await one.signIn(yating);
  await other.signIn(yating);
  await one.agree();
  await app.waitForWelcome('Lin Yating');
  await other.agree();
  await other.app.waitForWelcome('yating');
  await expect(app.heading).toHaveText(app.welcome('yating'));
});
