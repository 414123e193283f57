import { expect } from 'vitest';
import type { BrowserAnswer } from './browser-answer.ts';
import { Browser } from './browser-jar.ts';
import type { OidcSite } from './oidc-site.ts';
import { comeBack } from './sign-in.ts';

/** What to bend before a login, and what must come of it. */
export interface Refused {
  /** The code that the browser is told; several where the contract leaves room. */
  code?: string | readonly string[];
  /** Calls of the user info endpoint: none, unless that is what is bent. */
  userInfoCalls?: number;
}

/**
 * Log in where something is wrong, and check that nothing comes of it: one token request, no user
 * info, no session, no cookie, nothing in Redis but the mark that the attempt was taken.
 */
export async function expectRefused<Id extends string>(
  { bff, redis, issuers, walk }: OidcSite<Id>,
  id: Id,
  { code = 'server_error', userInfoCalls = 0 }: Refused = {},
): Promise<BrowserAnswer> {
  const issuer = issuers[id];
  const browser = new Browser(bff);
  const path = await walk(browser, id);
  const before = { keys: await redis.keys(), info: issuer.count('userinfo') };
  const tokens = issuer.count('token');
  const back = await comeBack(browser, path);

  expect([code].flat(), back.summary).toContain(back.error);
  expect(back.location).toBe(`/?error=${back.error}`);
  expect(issuer.count('token'), 'token requests').toBe(tokens + 1);
  expect(issuer.count('userinfo'), 'calls of userinfo').toBe(before.info + userInfoCalls);
  expect(browser.sessionCookie, 'a session cookie').toBeUndefined();
  expect(browser.attemptCookies, 'an attempt that is left').toEqual([]);
  const added = (await redis.keys()).filter((key) => !before.keys.includes(key));
  expect(added.map((key) => key.slice(bff.prefix.length).split(':')[0])).toEqual(['attempt']);
  expect((await browser.call('GET', '/auth/session')).json).toEqual({ authenticated: false });
  expect((await comeBack(browser, path)).error, 'the same again').toBe('invalid_state');
  expect(issuer.count('token'), 'token requests').toBe(tokens + 1);
  return back;
}
