import { DEMO_USERS, type DemoUser, type Emulator } from '@cloakroom/emulator';
import { type BrowserContext, expect as baseExpect } from '@playwright/test';
import { test as base } from './console-fixtures.ts';
import { toHoldNoSecrets } from './matchers/to-hold-no-secrets.ts';
import type { ProviderRow } from './matrix/provider-row.ts';
import { PROVIDERS } from './matrix/providers.ts';
import { AppPage } from './pages/app-page.ts';
import { DocumentsPanel } from './pages/documents-panel.ts';
import { LoginAt } from './pages/login-at.ts';
import { LoginChoice } from './pages/login-choice.ts';
import { PasswordForm } from './pages/password-form.ts';
import { ProviderPages } from './pages/provider-pages.ts';
import { SessionsPage } from './pages/sessions-page.ts';
import type { Recording } from './recording/recording.ts';
import { playerOf } from './stack/cast.ts';
import type { ProviderControl } from './stack/provider-control.ts';
import { startWholeSite, type WholeSite } from './stack/whole-site.ts';

const [YATING, WEICHEN] = DEMO_USERS as [DemoUser, DemoUser];

/** An issuer's sign-out page wants to see the ID token; the browser itself carries it there. */
const SIGN_OUT_HINT = {
  kind: 'id_token',
  where: /^the headers of GET \/auth\/logout\/continue\/|^the history of the tab$/,
};

interface WorkerFixtures {
  /** All servers of this worker, with every provider. */
  site: WholeSite;
}

interface Fixtures {
  /** Which of the providers the test is about: `test.use({ provider })`. */
  provider: ProviderRow;
  /** Its knobs, as far as all have them. */
  control: ProviderControl;
  /** Who plays the providers, with all the knobs of each. */
  emulator: Emulator;
  /** The app, in the first tab, and the parts of its pages. */
  app: AppPage;
  choice: LoginChoice;
  passwordForm: PasswordForm;
  sessions: SessionsPage;
  documents: DocumentsPanel;
  /** The provider's pages, in the first tab. */
  providerPages: ProviderPages;
  /** A login at the provider, in the first tab. */
  login: LoginAt;
  /** Two people with an account at every provider. */
  yating: DemoUser;
  weichen: DemoUser;
  /** Open the app in a further tab of the same browser. */
  openTab: (path?: string) => Promise<AppPage>;
  /** Log yating in with another browser. Default: at the same provider. */
  logInOnOtherDevice: (at?: ProviderRow) => Promise<AppPage>;
  /** The callbacks that the app got so far, as their paths. */
  callbacks: () => string[];
  /** All that reached the browser, and the provider's secrets. */
  recording: Recording;
  /** Nothing is left of the test before. */
  cleanSlate: undefined;
}

/** The tests of the whole house: a browser, and behind it a Cloakroom with every provider. */
export const test = base.extend<Fixtures, WorkerFixtures>({
  site: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names between the braces
    async ({}, use) => {
      const site = await startWholeSite();
      await use(site);
      await site.stop();
    },
    { scope: 'worker', timeout: 60_000 },
  ],

  cleanSlate: [
    async ({ site }, use) => {
      await site.reset();
      await use(undefined);
    },
    { auto: true },
  ],

  provider: [PROVIDERS[0] as ProviderRow, { option: true }],
  control: async ({ site, provider }, use) => use(playerOf(provider, site.cast).control),
  emulator: async ({ site }, use) => use(site.cast.emulator),
  baseURL: async ({ site }, use) => use(site.url),
  app: async ({ page }, use) => use(new AppPage(page)),
  choice: async ({ page }, use) => use(new LoginChoice(page)),
  passwordForm: async ({ page }, use) => use(new PasswordForm(page)),
  sessions: async ({ page }, use) => use(new SessionsPage(page)),
  documents: async ({ page }, use) => use(new DocumentsPanel(page)),
  login: async ({ page, provider }, use) => use(new LoginAt(provider, page)),
  yating: async ({ baseURL: _ }, use) => use(YATING),
  weichen: async ({ baseURL: _ }, use) => use(WEICHEN),

  providerPages: async ({ page, provider: { words } }, use) => {
    if (words === null) throw new Error('a login at this provider leads through no pages of it');
    await use(new ProviderPages(page, words));
  },

  openTab: async ({ context }, use) =>
    use(async (path) => {
      const tab = new AppPage(await context.newPage());
      await tab.goto(path);
      return tab;
    }),

  logInOnOtherDevice: async ({ browser, provider }, use) => {
    const devices: BrowserContext[] = [];
    await use(async (at = provider) => {
      const device = await browser.newContext();
      devices.push(device);
      const login = new LoginAt(at, await device.newPage());
      await login.logIn(YATING);
      return login.app;
    });
    for (const device of devices) await device.close();
  },

  callbacks: async ({ site }, use) =>
    use(() =>
      site.traffic
        .answers()
        .map(({ to }) => to.replace('GET ', ''))
        .filter((path) => path.startsWith('/oauth/callback')),
    ),

  recording: async ({ context, site, control, provider, messages }, use) =>
    use({
      context,
      origin: site.url,
      answers: site.traffic.answers,
      messages,
      secrets: () => [...control.issuedSecrets(), { kind: 'password', value: YATING.password }],
      kinds: provider.secrets,
      ...(provider.signsOutThere && { sanctioned: SIGN_OUT_HINT }),
    }),
});

export const expect = baseExpect.extend({ toHoldNoSecrets });
