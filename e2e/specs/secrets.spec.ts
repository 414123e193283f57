import { expect, test } from '../fixtures.ts';

test('from the login to the logout nothing secret reaches the browser', async ({
  app,
  logIn,
  provider,
  recording,
}) => {
  await logIn();
  await expect(recording).toHoldNoSecrets();

  provider.expireAccessTokens();
  await app.refreshAccount();
  expect(provider.stats().calls.refresh).toBe(1);
  await expect(recording).toHoldNoSecrets();

  await app.openTopup();
  await expect(recording).toHoldNoSecrets();

  await app.logout.click();
  await expect(app.heading).toHaveText('You are logged out.');
  await expect(recording).toHoldNoSecrets();
});

test('nothing secret reaches the browser when things go wrong', async ({
  app,
  logIn,
  provider,
  recording,
  page,
}) => {
  await logIn();
  for (const kind of ['status', 'html', 'malformed-json', 'lost-answer', 'redirect'] as const) {
    provider.addFault({ endpoint: 'userinfo', kind, times: 1 });
    await app.refreshAccount();
  }
  provider.addFault({ endpoint: 'token', kind: 'lost-answer' });
  await page.goto('/auth/oauth/start');
  await app.waitForAccountOf('yating');
  provider.revokeGrants();
  await app.refreshAccount();
  await expect(app.heading).toHaveText('Your session has ended.');
  await expect(recording).toHoldNoSecrets();
});

test('S37 a fragment that came to the callback goes no further than the redirect', async ({
  app,
  page,
}) => {
  await page.goto('/oauth/callback?error=access_denied#access_token=x');
  await expect(app.heading).toHaveText('You cancelled the login.');
  expect(await page.evaluate(() => location.hash)).toBe('');
});

test('the ticket is one cookie that no script can read', async ({
  context,
  logIn,
  page,
  stack,
}) => {
  await logIn();
  const cookies = (await context.cookies(stack.url)).filter(({ name }) => !/lang/.test(name));
  expect(cookies).toEqual([
    expect.objectContaining({ name: 'cloakroom', httpOnly: true, sameSite: 'Strict', path: '/' }),
  ]);
  expect(await page.evaluate(() => document.cookie)).not.toContain('cloakroom=');
});
