import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures.ts';

/** What the page may remember besides cookies: what a tab was doing, and nothing about anybody. */
const REMEMBERED = /^cloakroom\./;

function memoryOf(page: Page) {
  return page.evaluate(async () => ({
    local: Object.entries(localStorage),
    tab: Object.entries(sessionStorage),
    caches: await caches.keys(),
    databases: (await indexedDB.databases()).map(({ name }) => name),
    workers: (await navigator.serviceWorker.getRegistrations()).length,
  }));
}

test('S78 the page keeps nothing about anybody, and has no service worker', async ({
  app,
  logIn,
  page,
  yating,
}) => {
  await logIn(yating);
  await app.waitUntilFetched();
  const { tab, ...rest } = await memoryOf(page);
  expect(rest).toEqual({ local: [], caches: [], databases: [], workers: 0 });
  for (const [name, value] of tab) {
    expect(name).toMatch(REMEMBERED);
    expect(value).not.toContain(yating.username);
    expect(value).not.toMatch(/@|\d{3}/);
  }
  const cookies = await page.evaluate(() => document.cookie);
  expect(cookies).not.toContain(yating.username);
});

test('S78 after a logout the way back shows nobody', async ({ app, logIn, page, yating }) => {
  await logIn(yating);
  await app.waitUntilFetched();
  await page.goto('/sessions');
  await expect(app.heading).toHaveText('Where you are logged in');
  await app.goto();
  await app.waitForAccountOf(yating.username);
  await app.logout.click();
  await expect(app.heading).toHaveText('You are logged out.');
  for (let step = 0; step < 2; step += 1) {
    const asked = page.waitForResponse('**/auth/session');
    await page.goBack();
    await asked;
    await expect(app.login).toBeVisible();
    await expect(app.content).not.toContainText(yating.username);
  }
});

test('S78 an answer of a provider that came to the page by mistake is left alone', async ({
  app,
  page,
}) => {
  const asked: string[] = [];
  page.on('request', (request) => {
    asked.push(`${request.url()} ${JSON.stringify(request.headers())} ${request.postData()}`);
  });
  await app.goto('/?code=stray-code&state=stray-state#access_token=stray-token');
  await expect(app.login).toBeVisible();
  const [, ...others] = asked;
  expect(others.length).toBeGreaterThan(1);
  for (const one of others) expect(one).not.toContain('stray');
  expect(JSON.stringify(await memoryOf(page))).not.toContain('stray');
});

test('S76 the page listens to no message, and believes none', async ({
  app,
  logIn,
  page,
  yating,
}) => {
  await page.addInitScript(() => {
    const heard: string[] = [];
    Object.assign(window, { heard });
    const listen = window.addEventListener;
    window.addEventListener = function (this: Window, ...given: Parameters<typeof listen>) {
      heard.push(given[0]);
      return listen.apply(this, given);
    } as typeof listen;
  });
  await logIn(yating);
  await app.waitUntilFetched();
  const heard = () => page.evaluate(() => (window as unknown as { heard: string[] }).heard);
  expect(await heard()).toContain('popstate');
  expect((await heard()).filter((name) => /^message/.test(name))).toEqual([]);
  expect(await page.evaluate(() => window.onmessage)).toBeNull();

  await page.evaluate(() => {
    for (const said of ['logout', { type: 'logout' }, { type: 'session', authenticated: false }])
      for (const origin of [location.origin, 'https://evil.example'])
        window.dispatchEvent(new MessageEvent('message', { data: said, origin }));
  });
  await app.waitUntilFetched();
  await app.waitForAccountOf(yating.username);
});
