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
