import type { Locator, Page } from '@playwright/test';
import { en, type Messages } from '../../apps/web/src/language/en.ts';

/** The app in a tab, as its user sees it, in one language. */
export class AppPage {
  readonly page: Page;
  readonly heading: Locator;
  readonly login: Locator;
  /** All that the screen says. */
  readonly content: Locator;
  /** What the browser holds, and who gave it out. */
  readonly ticket: Locator;
  readonly balance: Locator;
  readonly balanceTime: Locator;
  readonly details: Locator;
  readonly refresh: Locator;
  /** Says, to those who listen, that the account has just been fetched. */
  readonly refreshed: Locator;
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
    this.content = page.getByRole('main');
    this.ticket = page.getByRole('region', { name: words.ticket.heading });
    const balanceRow = page.locator('dl').filter({ hasText: account.balance });
    this.balance = balanceRow.getByRole('definition').first();
    this.balanceTime = balanceRow.getByRole('definition').last();
    this.details = page.locator('dl').filter({ hasText: account.username }).first();
    this.refresh = page
      .getByRole('button', { name: account.refreshBalance })
      .or(page.getByRole('button', { name: account.refreshDetails }));
    this.refreshed = page.getByText(account.refreshed.split('{{')[0] ?? '');
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

  /** Wait until all that a page fetches at its start is there, and nothing is on its way. */
  async waitUntilFetched(): Promise<void> {
    await this.refreshAccount();
    await this.refreshed.waitFor({ state: 'attached' });
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

  /** @param name null for somebody whose name nobody knows */
  welcome(name: string | null): string {
    const { welcome, welcomeNameless } = this.#words.account;
    return name === null ? welcomeNameless : welcome.replace('{{name}}', name);
  }

  /** Wait until the page shows who is here. */
  async waitForWelcome(name: string | null): Promise<void> {
    const options = { name: this.welcome(name), exact: true, level: 1 };
    await this.page.getByRole('heading', options).waitFor();
    await this.logout.waitFor();
  }

  /** Wait until the page shows the account of somebody, its figures included. */
  async waitForAccountOf(username: string): Promise<void> {
    await this.waitForWelcome(username);
    await this.refresh.waitFor();
    await this.page.getByRole('meter').waitFor();
  }
}
