import { expect } from 'vitest';
import type { BffProcess } from './bff-process.ts';
import type { BrowserAnswer } from './browser-answer.ts';
import { Browser } from './browser-jar.ts';
import type { StrictProvider } from './strict-provider.ts';
import type { StrictAccount } from './strict-tokens.ts';

export interface Visit {
  query?: string;
  account?: StrictAccount;
  error?: string;
  via?: BffProcess;
}

/** Begin a login and sign in on the provider's pages: the path of the callback comes back. */
export async function walkToCallback(
  browser: Browser,
  provider: StrictProvider,
  visit: Visit = {},
): Promise<string> {
  const start = await browser.open(`/auth/oauth/start${visit.query ?? ''}`, {
    from: 'same-origin',
    ...(visit.via ? { via: visit.via } : {}),
  });
  expect(start.status, start.summary).toBe(302);
  const { pathname, search } = provider.authorize(start.location, visit);
  return pathname + search;
}

/** The provider sends the browser back: a cross-site navigation, without the Strict cookies. */
export function comeBack(browser: Browser, path: string, via?: BffProcess): Promise<BrowserAnswer> {
  return browser.open(path, { from: 'cross-site', ...(via ? { via } : {}) });
}

/** Sign a browser in; a new one where none is given. */
export async function signIn(
  bff: BffProcess,
  provider: StrictProvider,
  options: Visit & { browser?: Browser } = {},
): Promise<Browser> {
  const browser = options.browser ?? new Browser(bff);
  const back = await comeBack(
    browser,
    await walkToCallback(browser, provider, options),
    options.via,
  );
  expect(back.location, back.summary).toContain('login=success');
  expect(browser.sessionCookie, 'a session cookie').toBeDefined();
  return browser;
}
