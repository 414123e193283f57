import { type Control, DEMO_USERS, type DemoUser } from '@cloakroom/emulator';
import { expect as baseExpect } from '@playwright/test';
import { test as base } from './console-fixtures.ts';
import { toHoldNoSecrets } from './matchers/to-hold-no-secrets.ts';
import { AppPage } from './pages/app-page.ts';
import { ProviderAccountPage } from './pages/provider-account-page.ts';
import { ProviderConsentPage } from './pages/provider-consent-page.ts';
import { ProviderSignInPage } from './pages/provider-sign-in-page.ts';
import type { Recording } from './recording/recording.ts';
import { type CloakroomStack, startCloakroomStack } from './stack/cloakroom-stack.ts';
import { deployedStack } from './stack/deployed-stack.ts';

const [YATING, WEICHEN] = DEMO_USERS as [DemoUser, DemoUser];

interface WorkerFixtures {
  /** All servers of this worker. */
  stack: CloakroomStack;
}

interface Fixtures {
  /** The provider's knobs, as new for each test. */
  provider: Control;
  /** The app, in the first tab. */
  app: AppPage;
  providerSignIn: ProviderSignInPage;
  providerConsent: ProviderConsentPage;
  providerAccount: ProviderAccountPage;
  /** Two people with an account at the provider. */
  yating: DemoUser;
  weichen: DemoUser;
  /** Open the app in a further tab of the same browser. */
  openTab: (path?: string) => Promise<AppPage>;
  /** Log somebody in, all the way from the start page to the account. */
  logIn: (user?: DemoUser) => Promise<void>;
  /** All that reached the browser. */
  recording: Recording;
  /** Nothing is left of the test before. */
  cleanSlate: undefined;
}

/** The tests of the house: a browser, and a Cloakroom of its own behind it. */
export const test = base.extend<Fixtures, WorkerFixtures>({
  stack: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names between the braces
    async ({}, use) => {
      const deployed = process.env.E2E_BASE_URL;
      const stack = deployed ? deployedStack(deployed) : await startCloakroomStack();
      await use(stack);
      await stack.stop();
    },
    { scope: 'worker', timeout: 60_000 },
  ],

  cleanSlate: [
    async ({ stack }, use) => {
      if (!process.env.E2E_BASE_URL) {
        await stack.store.comeBack();
        stack.provider.reset();
        stack.traffic.forget();
      }
      await use(undefined);
    },
    { auto: true },
  ],

  baseURL: async ({ stack }, use) => use(stack.url),
  yating: async ({ baseURL: _ }, use) => use(YATING),
  weichen: async ({ baseURL: _ }, use) => use(WEICHEN),
  provider: async ({ stack }, use) => use(stack.provider),
  app: async ({ page }, use) => use(new AppPage(page)),
  providerSignIn: async ({ page }, use) => use(new ProviderSignInPage(page)),
  providerConsent: async ({ page }, use) => use(new ProviderConsentPage(page)),
  providerAccount: async ({ context, stack }, use) =>
    use(new ProviderAccountPage(await context.newPage(), stack.providerUrl)),

  openTab: async ({ context }, use) =>
    use(async (path) => {
      const tab = new AppPage(await context.newPage());
      await tab.goto(path);
      return tab;
    }),

  logIn: async ({ app, providerSignIn }, use) =>
    use(async (user = YATING) => {
      await app.goto();
      await app.login.click();
      await providerSignIn.signIn(user);
      await app.waitForAccountOf(user.username);
    }),

  recording: async ({ context, stack, messages }, use) =>
    use({
      context,
      origin: stack.url,
      answers: stack.traffic.answers,
      messages,
      secrets: () => stack.provider.issuedSecrets(),
    }),
});

export const expect = baseExpect.extend({ toHoldNoSecrets });
