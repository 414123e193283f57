import { setTimeout as sleep } from 'node:timers/promises';
import { Browser } from '../site/browser.ts';
import { type Node, type Site, startSite } from '../site/site.ts';

/** A site of two processes, somebody signed in there, and an access token that has just ended. */
export interface OneSession extends AsyncDisposable {
  site: Site;
  browser: Browser;
  /** The process that a test is hard on. */
  one: Node;
  other: Node;
  /** Refreshes that the provider saw a used token in. */
  reuses(): number;
  /** Keys of the session that are in Redis. */
  keys(): Promise<string[]>;
}

export async function oneSession(): Promise<OneSession> {
  const site = await startSite({ processes: 2 });
  const [one, other] = site.nodes;
  const [user] = site.users;
  if (!one || !other || !user) throw new Error('a site of two processes and a user');
  const browser = new Browser(site, user);
  await browser.login(one, other);
  const { handle } = browser;
  site.emulator.control.expireAccessTokens();
  return {
    site,
    browser,
    one,
    other,
    reuses: () => site.emulator.control.stats().refreshReuses,
    keys: async () => (await site.redis.keys()).filter((key) => key.includes(handle)),
    [Symbol.asyncDispose]: () => site.stop(),
  };
}

/** The statuses alone. */
export const statuses = (answers: { status: number }[]) => answers.map(({ status }) => status);

/** Ask both processes again and again, until both answer 200 or the patience is over. */
export async function untilServed(
  { browser, one, other }: OneSession,
  patience: number,
): Promise<number[]> {
  const until = performance.now() + patience;
  for (;;) {
    const answers = statuses(await Promise.all([one, other].map((node) => browser.userInfo(node))));
    if (answers.every((status) => status === 200) || performance.now() > until) return answers;
    await sleep(20);
  }
}
