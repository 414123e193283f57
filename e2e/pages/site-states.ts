import type { DemoUser, Emulator } from '@cloakroom/emulator';
import { rowOf } from '../matrix/providers.ts';
import type { AppPage } from './app-page.ts';
import type { DocumentsPanel } from './documents-panel.ts';
import { EmailVerification } from './email-verification.ts';
import { LoginAt } from './login-at.ts';
import type { LoginChoice } from './login-choice.ts';
import type { PasswordForm } from './password-form.ts';
import type { SessionsPage } from './sessions-page.ts';

/** What it takes to bring the page into a state. */
export interface SiteStateTools {
  app: AppPage;
  choice: LoginChoice;
  documents: DocumentsPanel;
  emulator: Emulator;
  logInOnOtherDevice: () => Promise<AppPage>;
  passwordForm: PasswordForm;
  sessions: SessionsPage;
  yating: DemoUser;
}

type Reach = (tools: SiteStateTools) => Promise<void>;

/** Begin with a login at a provider. */
const after =
  (id: string, reach: Reach): Reach =>
  async (tools) => {
    await new LoginAt(rowOf(id), tools.app.page).logIn(tools.yating);
    await reach(tools);
  };

/** Begin with the form for names and passwords. */
const atForm =
  (reach: Reach): Reach =>
  async (tools) => {
    await tools.app.goto();
    await tools.choice.to(rowOf('rememberizer-account')).click();
    await reach(tools);
  };

/** The states that only a site with several providers has, and how each comes about. */
export const siteStates: Record<string, Reach> = {
  'a choice': async ({ app, choice }) => {
    await app.goto();
    await choice.list.waitFor();
  },
  'a choice after a failure': async ({ app, choice }) => {
    await app.goto('/?error=provider_unavailable');
    await choice.list.waitFor();
  },
  'a choice after the end of a session': after('flarum', async ({ app, choice, emulator }) => {
    emulator.personas.flarum.control.revokeGrants();
    await app.refreshAccount();
    await choice.lastUsed.waitFor();
  }),
  'a password form': atForm(async ({ passwordForm }) => {
    await passwordForm.submit.waitFor();
  }),
  'a password form with gaps': atForm(async ({ passwordForm }) => {
    await passwordForm.submit.click();
    await passwordForm.problems.first().waitFor();
  }),
  'a password form that was refused': atForm(async ({ passwordForm, yating }) => {
    await passwordForm.signIn({ ...yating, password: 'guessed' });
    await passwordForm.failure.waitFor();
  }),
  'a sign-up form': atForm(async ({ passwordForm }) => {
    await passwordForm.wantsAccount.click();
    await passwordForm.create.waitFor();
  }),
  'a password form after a sign-up': atForm(async ({ passwordForm }) => {
    await passwordForm.signUp({
      email: 'meihua@example.com',
      name: 'Mei-hua',
      password: 'plum-blossom-9',
    });
    await passwordForm.done.waitFor();
  }),
  'an account whose address may be proved': after('rememberizer-account', async ({ app }) => {
    const verification = new EmailVerification(app.page);
    await verification.open();
    await verification.send('000000');
    await verification.failure.waitFor();
  }),
  'an account with documents that were found': after('rememberizer', async ({ documents }) => {
    await documents.search('oolong');
    await documents.found.first().waitFor();
  }),
  'an account whose documents cannot be searched': after(
    'rememberizer',
    async ({ documents, emulator }) => {
      emulator.personas.rememberizer.control.addFault({ endpoint: 'search', kind: 'html' });
      await documents.search('oolong');
      await documents.failure.waitFor();
    },
  ),
  'an account without an address': after('afdian', async ({ app }) => {
    await app.waitForWelcome('雅婷在写诗');
  }),
  'an account without a name': async (tools) => {
    const { control } = tools.emulator.personas.flarum;
    control.setScope('user.read', { visibleFields: 'id' });
    await after('flarum', ({ app }) => app.waitForWelcome(null))(tools);
  },
  'a list of sessions': after('aihubmix', async ({ logInOnOtherDevice, sessions }) => {
    await logInOnOtherDevice();
    await sessions.link.click();
    await sessions.end.waitFor();
  }),
  'a question before a session ends': after(
    'aihubmix',
    async ({ logInOnOtherDevice, sessions }) => {
      await logInOnOtherDevice();
      await sessions.link.click();
      await sessions.everywhere.click();
      await sessions.end.click();
      await sessions.yes.waitFor();
    },
  ),
};
