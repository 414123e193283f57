import type { Locator, Page } from '@playwright/test';
import { en } from '../../apps/web/src/language/en.ts';

/** The page that lists where somebody is logged in. */
export class SessionsPage {
  readonly page: Page;
  /** On the account's page: the way here. */
  readonly link: Locator;
  readonly heading: Locator;
  /** One for each session, that of this browser first. */
  readonly entries: Locator;
  readonly here: Locator;
  readonly end: Locator;
  readonly yes: Locator;
  readonly no: Locator;
  readonly everywhere: Locator;
  readonly yesEverywhere: Locator;
  readonly back: Locator;

  constructor(page: Page) {
    const { account, sessions, title } = en;
    const button = (name: string) => page.getByRole('button', { name, exact: true });
    this.page = page;
    this.heading = page.getByRole('heading', { name: title.sessions, level: 1 });
    this.entries = page.getByRole('main').getByRole('listitem');
    this.here = this.entries.filter({ hasText: sessions.here });
    this.end = this.entries.getByRole('button', { name: new RegExp(`^${sessions.end} \\S`) });
    this.yes = button(sessions.yes);
    this.no = button(sessions.no);
    this.everywhere = button(sessions.everywhere);
    this.yesEverywhere = button(sessions.everywhereYes);
    this.back = page.getByRole('link', { name: sessions.back });
    this.link = page.getByRole('link', { name: account.sessions });
  }
}
