import type { Control, DemoUser } from '@cloakroom/emulator';
import type { CloakroomStack } from '../stack/cloakroom-stack.ts';
import type { AppPage } from './app-page.ts';

/** What it takes to bring the page into a state. */
export interface StateTools {
  app: AppPage;
  logIn: (user?: DemoUser) => Promise<void>;
  provider: Control;
  stack: CloakroomStack;
}

/** The states that the page can be in, and how each comes about. Each ends when the state shows. */
export const pageStates: Record<string, (tools: StateTools) => Promise<void>> = {
  'signed out': async ({ app }) => {
    await app.goto();
    await app.login.waitFor();
  },
  'signed in': async ({ logIn }) => {
    await logIn();
  },
  'login failed': async ({ app }) => {
    await app.goto('/?error=invalid_state');
    await app.login.waitFor();
  },
  'login cancelled': async ({ app }) => {
    await app.goto('/?error=access_denied');
    await app.login.waitFor();
  },
  'logged out': async ({ app, logIn }) => {
    await logIn();
    await app.logout.click();
    await app.login.waitFor();
  },
  expired: async ({ app, logIn, provider }) => {
    await logIn();
    provider.revokeGrants();
    await app.refreshAccount();
    await app.login.waitFor();
  },
  'provider down': async ({ app, logIn, provider }) => {
    await logIn();
    provider.addFault({ endpoint: 'userinfo', kind: 'status', status: 503 });
    await app.refreshAccount();
    await app.notice.waitFor();
  },
  'store down': async ({ app, logIn, stack }) => {
    await logIn();
    await stack.store.goAway();
    await app.goto();
    await app.retryNow.waitFor();
  },
  'language menu open': async ({ app }) => {
    await app.goto();
    await app.languages.click();
    await app.page.getByRole('menu').waitFor();
  },
  'no such page': async ({ app }) => {
    await app.goto('/no/such/page');
  },
};
