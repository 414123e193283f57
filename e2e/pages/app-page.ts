import type { Locator, Page } from '@playwright/test';
import { en, type Messages } from '../../apps/web/src/language/en.ts';

/** The app in a tab, as its user sees it, in one language. */
export class AppPage {
  readonly page: Page;
  readonly heading: Locator;
  readonly login: Locator;
  readonly balance: Locator;
  readonly balanceTime: Locator;
  readonly details: Locator;
  readonly refresh: Locator;
  readonly topup: Locator;
  readonly logout: Locator;
  /** What is wrong at the moment, above the account. */
  readonly notice: Locator;
  readonly retryNow: Locator;
  readonly languages: Locator;
  readonly #words: Messages;

  constructor(page: Page, words: Messages = en) {
    const { account, login, outage } = words;
    this.page = page;
    this.#words = words;
    this.heading = page.getByRole('heading', { level: 1 });
    this.login = page
      .getByRole('link', { name: login.oneClick })
      .or(page.getByRole('link', { name: login.again }))
      .or(page.getByRole('link', { name: login.retry }));
    const balanceRow = page.locator('dl').filter({ hasText: account.balance });
    this.balance = balanceRow.getByRole('definition').first();
    this.balanceTime = balanceRow.getByRole('definition').last();
    this.details = page.locator('dl').filter({ hasText: account.username }).first();
    this.refresh = page.getByRole('button', { name: account.refreshBalance });
    this.topup = page.getByRole('button', { name: account.topup });
    this.logout = page.getByRole('button', { name: account.logout });
    this.notice = page.getByRole('status').filter({ hasText: outage.retryNow });
    this.retryNow = page.getByRole('button', { name: outage.retryNow });
    this.languages = page.getByRole('button', { name: new RegExp(`^${words.language}`) });
  }

  /** The same tab, its page in another language. */
  in(words: Messages): AppPage {
    return new AppPage(this.page, words);
  }

  async goto(path = '/'): Promise<void> {
    await this.page.goto(path);
    await this.heading.waitFor();
  }

  /** Refresh the account, and wait until it was fetched. */
  async refreshAccount(): Promise<void> {
    const answered = this.page.waitForResponse('**/api/user/info');
    await this.refresh.click();
    await answered;
  }

  async chooseLanguage(name: string): Promise<void> {
    await this.languages.click();
    await this.page.getByRole('menuitemradio', { name }).click();
  }

  /** Press Top up, and wait for the tab that opens. */
  async openTopup(): Promise<Page> {
    const opened = this.page.waitForEvent('popup');
    await this.topup.click();
    const tab = await opened;
    await tab.waitForLoadState();
    return tab;
  }

  welcome(username: string): string {
    return this.#words.account.welcome.replace('{{name}}', username);
  }

  /** Wait until the page shows the account of somebody, its figures included. */
  async waitForAccountOf(username: string): Promise<void> {
    await this.page.getByRole('heading', { name: this.welcome(username), level: 1 }).waitFor();
    await this.refresh.waitFor();
    await this.page.getByRole('meter').waitFor();
  }
}
