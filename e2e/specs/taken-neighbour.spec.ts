import { DEMO_USERS, type DemoUser } from '@cloakroom/emulator';
import { test as base, expect } from '@playwright/test';
import { AppPage } from '../pages/app-page.ts';
import { ProviderSignInPage } from '../pages/provider-sign-in-page.ts';
import { type NeighbouringSites, startNeighbouringSites } from '../stack/neighbouring-sites.ts';

const [YATING] = DEMO_USERS as [DemoUser];
const TICKET = '__Host-Http-cloakroom';

/** A browser in which somebody is logged in, and a tab of it at the host that was taken over. */
const test = base.extend<
  { app: AppPage; ticket: () => Promise<string> },
  { sites: NeighbouringSites }
>({
  sites: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names between the braces
    async ({}, use) => {
      const sites = await startNeighbouringSites();
      await use(sites);
      await sites.stop();
    },
    { scope: 'worker', timeout: 60_000 },
  ],
  ignoreHTTPSErrors: true,
  baseURL: async ({ sites }, use) => use(sites.url),
  app: async ({ page, sites }, use) => {
    sites.toss.splice(0);
    const app = new AppPage(page);
    await app.goto();
    await app.login.click();
    await new ProviderSignInPage(page).signIn(YATING);
    await app.waitForAccountOf(YATING.username);
    await use(app);
  },
  ticket: async ({ context, sites }, use) =>
    use(async () => {
      const cookies = await context.cookies(sites.url);
      return cookies
        .filter(({ name }) => name === TICKET)
        .map(({ value }) => value)
        .join(' and ');
    }),
});

test.describe('S71 a neighbour below the same domain, with the cookies of somebody who is logged in', () => {
  test('reads nothing and changes nothing', async ({ app, context, sites, ticket }) => {
    const before = { ticket: await ticket(), calls: sites.provider.stats().calls };
    const taken = await context.newPage();
    await taken.goto(sites.takenUrl);
    const got = await taken.evaluate(async (url) => {
      const headers = { 'X-CSRF': '1' };
      const tries: [string, RequestInit][] = [
        ['/api/user/info', {}],
        ['/api/user/info', { mode: 'no-cors' }],
        ['/api/user/info', { headers }],
        ['/auth/session', {}],
        ['/auth/logout', { method: 'POST', mode: 'no-cors' }],
        ['/auth/logout', { method: 'POST', mode: 'no-cors', headers }],
        ['/auth/logout', { method: 'POST', headers }],
        ['/auth/logout/all', { method: 'POST', mode: 'no-cors', body: '{}' }],
      ];
      return Promise.all(
        tries.map(([path, init]) =>
          fetch(url + path, { credentials: 'include', ...init }).then(
            (answer) => answer.text(),
            () => '',
          ),
        ),
      );
    }, sites.url);
    expect(got.join('')).toBe('');

    await taken.evaluate((url) => {
      document.body.innerHTML = `
        <iframe name="hidden"></iframe><iframe src="${url}/"></iframe><img src="${url}/api/user/info">
        <form method="post" action="${url}/auth/logout" target="hidden"><input name="X-CSRF" value="1"></form>`;
      document.forms[0]?.submit();
    }, sites.url);
    await expect.poll(() => taken.frames().map((frame) => frame.url())).toHaveLength(3);
    await taken.waitForLoadState('load');
    for (const frame of taken.frames().slice(1)) {
      await expect(frame.getByText(YATING.username)).toHaveCount(0);
    }

    expect(sites.provider.stats().calls).toEqual(before.calls);
    expect(await ticket()).toBe(before.ticket);
    await app.page.reload();
    await app.waitForAccountOf(YATING.username);
  });

  test('plants no ticket of its own', async ({ app, context, sites, ticket }) => {
    const before = await ticket();
    const planted = '; Path=/; Secure; HttpOnly';
    const domain = '; Domain=site.localhost';
    sites.toss.push(
      `${TICKET}=planted${planted}${domain}`,
      `${TICKET}=planted${planted}`,
      `${TICKET.toLowerCase()}=planted${planted}${domain}`,
      `__Host-cloakroom=planted${planted}${domain}`,
      `cloakroom=planted${planted}${domain}`,
      `cloakroom=planted; Path=/auth${domain}`,
      `${TICKET}-login-planted=planted${planted}${domain}`,
      `cloakroom-login-planted=planted${planted}${domain}`,
    );
    const taken = await context.newPage();
    await taken.goto(sites.takenUrl);
    await taken.evaluate((name) => {
      // biome-ignore lint/suspicious/noDocumentCookie: what somebody who took a host over would write
      document.cookie = `${name}=planted; Path=/; Secure; Domain=site.localhost`;
    }, TICKET);
    const arrived = (await context.cookies(sites.url)).filter(({ value }) => value === 'planted');
    expect(arrived.map(({ name }) => name)).toContain('cloakroom');

    expect(await ticket()).toBe(before);
    await app.page.reload();
    await app.waitForAccountOf(YATING.username);
    await app.logout.click();
    await expect(app.heading).toHaveText('You are logged out.');
    await app.login.click();
    await app.waitForAccountOf(YATING.username);
  });

  test('holds no handle of the page that it opened', async ({ app, context, sites }) => {
    const taken = await context.newPage();
    await taken.goto(sites.takenUrl);
    const opening = context.waitForEvent('page');
    await taken.evaluate((url) => {
      const opened = window.open(url);
      setInterval(() => opened?.postMessage({ type: 'logout', authenticated: false }, '*'), 50);
      Object.assign(window, { opened });
    }, sites.url);
    const victim = new AppPage(await opening);
    await victim.waitForAccountOf(YATING.username);
    const closed = () => taken.evaluate(() => (window as { opened?: Window }).opened?.closed);
    await expect.poll(closed).toBe(true);
    expect(await victim.page.evaluate(() => window.opener)).toBeNull();
    await app.refreshAccount();
    await victim.waitForAccountOf(YATING.username);
  });
});
