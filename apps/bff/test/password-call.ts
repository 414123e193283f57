import { expect } from 'vitest';
import type { BrowserAnswer } from './browser-answer.ts';
import type { Browser, Sent } from './browser-jar.ts';

/** Call one of the three routes of an account with a password, as the page's form does. */
export function passwordCall(
  browser: Browser,
  route: 'signin' | 'signup' | 'verify-email',
  { query = '', ...sent }: { form?: unknown; query?: string } & Sent,
): Promise<BrowserAnswer> {
  const { form, headers, ...others } = sent;
  return browser.call('POST', `/auth/password/${route}${query}`, {
    ...others,
    headers: { 'content-type': 'application/json', ...headers },
    ...(form !== undefined && { body: JSON.stringify(form) }),
  });
}

/** Sign somebody in with the password; the answer must be a session. */
export async function signInWithPassword(
  browser: Browser,
  { login, password }: { login: string; password: string },
  sent: Sent = {},
): Promise<Browser> {
  const form = { login, password, captcha: 'solved' };
  const answer = await passwordCall(browser, 'signin', { form, ...sent });
  expect(answer.status, answer.summary).toBe(200);
  return browser;
}
