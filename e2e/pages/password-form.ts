import type { Locator, Page } from '@playwright/test';
import { en } from '../../apps/web/src/language/en.ts';

/** What somebody types to log in, and what somebody types to have an account. */
interface Credentials {
  username: string;
  password: string;
  captcha?: string;
}

/** The app's own form for a provider that takes a password, in both of its shapes. */
export class PasswordForm {
  readonly page: Page;
  readonly login: Locator;
  readonly password: Locator;
  readonly captcha: Locator;
  readonly submit: Locator;
  /** What went wrong, above the fields. */
  readonly failure: Locator;
  /** What is wrong with single fields. */
  readonly problems: Locator;
  readonly done: Locator;
  /** To the other shape. */
  readonly wantsAccount: Locator;
  readonly otherProvider: Locator;
  readonly email: Locator;
  readonly name: Locator;
  readonly newPassword: Locator;
  readonly create: Locator;

  constructor(page: Page) {
    const { signIn, signUp, captcha, field, login } = en;
    const button = (name: string) => page.getByRole('button', { name, exact: true });
    this.page = page;
    this.login = page.getByLabel(signIn.login);
    this.password = page.getByLabel(signIn.password, { exact: true });
    this.captcha = page.getByLabel(captcha.label);
    this.submit = button(signIn.submit);
    this.failure = page.locator('form > p[tabindex="-1"]');
    this.problems = page.getByText(field.missing);
    this.done = page.getByText(signUp.done.split('{{')[0] ?? '');
    this.wantsAccount = button(signIn.signUp);
    this.otherProvider = button(login.elsewhere);
    this.email = page.getByLabel(signUp.email, { exact: true });
    this.name = page.getByLabel(signUp.name, { exact: true });
    this.newPassword = page.getByLabel(signUp.password);
    this.create = button(signUp.submit);
  }

  async signIn({ username, password, captcha = 'a token' }: Credentials): Promise<void> {
    await this.login.fill(username);
    await this.password.fill(password);
    await this.captcha.fill(captcha);
    await this.submit.click();
  }

  async signUp(account: { email: string; name: string; password: string }): Promise<void> {
    await this.wantsAccount.click();
    await this.email.fill(account.email);
    await this.name.fill(account.name);
    await this.newPassword.fill(account.password);
    await this.captcha.fill('a token');
    await this.create.click();
  }
}
