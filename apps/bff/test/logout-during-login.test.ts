import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { auditAtTheEnd } from './audit.ts';
import { type BffProcess, startBff, startSibling } from './bff-process.ts';
import { Browser } from './browser-jar.ts';
import { HostileIssuer } from './hostile-issuer.ts';
import { type OidcSite, startOidcSite } from './oidc-site.ts';
import type { Answer } from './provider-answers.ts';
import { comeBack, signIn, walkToCallback } from './sign-in.ts';
import { StrictProvider } from './strict-provider.ts';
import { account } from './strict-tokens.ts';

let provider: StrictProvider;
let bff: BffProcess;
let sibling: BffProcess;
let site: OidcSite<'oidc'>;

beforeAll(async () => {
  provider = await new StrictProvider().open();
  bff = await startBff({ provider, redisUrl: inject('redisUrl') });
  sibling = await startSibling(bff, provider);
  site = await startOidcSite({ oidc: new HostileIssuer() });
}, 60_000);

afterAll(async () => {
  await Promise.all([bff, sibling, site].map((each) => each.stop()));
  await provider.close();
});

/** An answer that waits for a word, and tells when it has been asked for. */
function heldBack(): { answer: Answer; asked: Promise<void>; release: () => void } {
  const asked = Promise.withResolvers<void>();
  const word = Promise.withResolvers<void>();
  return {
    asked: asked.promise,
    release: word.resolve,
    answer: async ({ proceed }) => {
      asked.resolve();
      await word.promise;
      proceed();
    },
  };
}

const isSignedIn = async (browser: Browser) =>
  (await browser.call('GET', '/auth/session')).json.authenticated;

let people = 100;

describe('S106 a logout while a login of the same user is under way wins', () => {
  test.each([
    ['in the same browser', '/auth/logout', 'same'],
    ['everywhere, in another browser', '/auth/logout/all', 'other'],
  ])('%s', async (_name, path, where) => {
    people += 1;
    const user = { account: account(people, 'under-way') };
    const browser = await signIn(bff, provider, user);
    const callback = await walkToCallback(browser, provider, user);
    const other = where === 'same' ? browser.clone() : await signIn(bff, provider, user);
    const token = heldBack();
    provider.next('token', token.answer);
    const login = comeBack(browser.clone(), callback);
    await token.asked;
    expect((await other.call('POST', path, { via: sibling })).status).toBe(200);
    token.release();

    const back = await login;
    expect(back.location).toBe('/?error=invalid_state');
    expect(back.cookies.filter(({ name }) => name === 'cloakroom')).toEqual([]);
    expect(await isSignedIn(browser)).toBe(false);
    expect(await isSignedIn(await signIn(bff, provider, user)), 'a later login').toBe(true);
  });

  test('but one that came before the login came back does not', async () => {
    people += 1;
    const user = { account: account(people, 'before') };
    const browser = await signIn(bff, provider, user);
    const other = await signIn(bff, provider, user);
    const callback = await walkToCallback(browser, provider, user);
    expect((await other.call('POST', '/auth/logout/all')).status).toBe(200);
    expect((await browser.clone().call('POST', '/auth/logout')).status).toBe(200);
    expect((await comeBack(browser, callback)).location).toBe('/?login=success');
    expect(await isSignedIn(browser)).toBe(true);
  });

  test('a session that its user ends elsewhere does not come back by the login that replaces it', async () => {
    people += 1;
    const user = { account: account(people, 'elsewhere') };
    const browser = await signIn(bff, provider, user);
    const other = await signIn(bff, provider, user);
    const callback = await walkToCallback(browser, provider, user);
    const list = (await other.call('GET', '/auth/sessions')).json;
    const { handle } = list.find(({ current }: { current: boolean }) => !current);
    const token = heldBack();
    provider.next('token', token.answer);
    const login = comeBack(browser.clone(), callback);
    await token.asked;
    expect((await other.call('DELETE', `/auth/sessions/${handle}`)).status).toBe(204);
    token.release();
    expect((await login).location).toBe('/?error=invalid_state');
    expect((await other.call('GET', '/auth/sessions')).json).toHaveLength(1);
  });
});

describe('S106 an issuer that ends a session while its login is under way is obeyed', () => {
  test.each([
    ['by its sid', { sid: 'of-the-login' }],
    ['by its sub', { sub: 'somebody' }],
  ])('%s', async (_name, claims) => {
    const { oidc } = site.issuers;
    const browser = new Browser(site.bff);
    const callback = await site.walk(browser, 'oidc', { sub: 'somebody', sid: 'of-the-login' });
    const userInfo = heldBack();
    oidc.next('userinfo', userInfo.answer);
    const login = comeBack(browser, callback);
    await userInfo.asked;
    const order = await new Browser(site.bff).send('POST', '/oauth/backchannel-logout/oidc', {
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ logout_token: oidc.logoutToken(claims) }).toString(),
    });
    expect(order.status, order.summary).toBe(200);
    userInfo.release();
    expect((await login).location).toBe('/?error=invalid_state');
    expect(await isSignedIn(browser)).toBe(false);
    // What the login brought is given back.
    await expect.poll(() => oidc.count('revocation')).toBeGreaterThan(0);
    oidc.behave();
  });
});

auditAtTheEnd(() => [bff, sibling, site.bff]);
