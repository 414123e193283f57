import { expect } from 'vitest';
import type { BffProcess } from './bff-process.ts';
import type { BrowserAnswer } from './browser-answer.ts';
import { Browser } from './browser-jar.ts';

/** A provider's pages: from the address of an authorization request to the path of the callback. */
interface Pages<Visit> {
  authorize(location: string, visit?: Visit): string;
}

/** Begin a login and agree at the provider; the path of the callback comes back. */
export async function walkThrough<Visit>(
  browser: Browser,
  provider: Pages<Visit>,
  visit?: Visit,
): Promise<string> {
  const start = await browser.open('/auth/oauth/start', { from: 'same-origin' });
  expect(start.status, start.summary).toBe(302);
  return provider.authorize(start.location, visit);
}

/** Go all the way to the callback, whatever comes of it. */
export async function tryToLogIn<Visit>(
  browser: Browser,
  provider: Pages<Visit>,
  visit?: Visit,
): Promise<BrowserAnswer> {
  const path = await walkThrough(browser, provider, visit);
  return browser.open(path, { from: 'cross-site' });
}

/** Log a new browser in. */
export async function logInAt<Visit>(
  bff: BffProcess,
  provider: Pages<Visit>,
  visit?: Visit,
): Promise<Browser> {
  const browser = new Browser(bff);
  const back = await tryToLogIn(browser, provider, visit);
  expect(back.location, back.summary).toBe('/?login=success');
  return browser;
}

/** A login that must fail with this code, and leave no session. */
export async function failToLogIn<Visit>(
  bff: BffProcess,
  provider: Pages<Visit>,
  code: string,
): Promise<void> {
  const browser = new Browser(bff);
  const back = await tryToLogIn(browser, provider);
  expect(back.location, back.summary).toBe(`/?error=${code}`);
  expect(browser.sessionCookie).toBeUndefined();
}
