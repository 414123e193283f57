import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { auditAtTheEnd } from './audit.ts';
import type { BffProcess } from './bff-process.ts';
import type { Browser } from './browser-jar.ts';
import { HostileIssuer } from './hostile-issuer.ts';
import { type OidcSite, startOidcSite } from './oidc-site.ts';
import {
  type Answer,
  drip,
  hang,
  huge,
  json,
  redirectTo,
  reset,
  text,
} from './provider-answers.ts';

type Id = 'oidc' | 'without';

const elsewhere = new HostileIssuer();
let site: OidcSite<Id>;
let sibling: BffProcess;
let oidc: HostileIssuer;

beforeAll(async () => {
  await elsewhere.open();
  const without = new HostileIssuer({
    metadata: ({ revocation_endpoint: _none, ...metadata }) => metadata,
  });
  site = await startOidcSite<Id>({ oidc: new HostileIssuer(), without });
  sibling = await site.sibling();
  oidc = site.issuers.oidc;
}, 60_000);

afterEach(() => {
  for (const issuer of Object.values(site.issuers)) issuer.behave();
});

afterAll(async () => {
  await sibling.stop();
  await site.stop();
  await elsewhere.close();
});

/** What was revoked since a moment, in order: hint and token. */
const revoked = (since: number) =>
  oidc
    .of('revocation')
    .slice(since)
    .map(({ form }) => [form.get('token_type_hint'), form.get('token')]);

const lastTokens = () => [
  ['refresh_token', oidc.grants.refreshTokens.at(-1)],
  ['access_token', oidc.grants.accessTokens.at(-1)],
];

/** How often the log says that tokens could not be revoked. */
const complaints = () => site.bff.output().split('"tokens.not_revoked"').length - 1;

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await delay(20);
}

/** Log out within a bound, whatever the issuer does. */
async function logOut(browser: Browser, path = '/auth/logout', via?: BffProcess): Promise<void> {
  const thief = browser.clone();
  const begun = performance.now();
  const logout = await browser.call('POST', path, via ? { via } : {});
  expect(performance.now() - begun, logout.summary).toBeLessThan(5000);
  expect(logout.status, logout.summary).toBe(200);
  expect(browser.sessionCookie).toBeUndefined();
  expect((await thief.call('GET', '/api/user/info')).status).toBe(401);
}

describe('S113 a logout revokes both tokens, with client authentication', () => {
  test('those of the login', async () => {
    const since = oidc.count('revocation');
    await logOut(await site.logIn('oidc'));
    expect(revoked(since)).toEqual(lastTokens());
    expect(oidc.violations).toEqual([]);
  });

  test('those of the last refresh', async () => {
    const browser = await site.logIn('oidc');
    oidc.grants.expireAccessTokens();
    await browser.call('GET', '/api/user/info');
    const since = oidc.count('revocation');
    await logOut(browser);
    expect(revoked(since)).toEqual(lastTokens());
  });

  test('the access token alone, where there is no refresh token', async () => {
    oidc.tokenResponse = ({ refresh_token: _none, ...body }) => body;
    const browser = await site.logIn('oidc');
    const since = oidc.count('revocation');
    await logOut(browser);
    expect(revoked(since)).toEqual([['access_token', oidc.grants.accessTokens.at(-1)]]);
  });

  test('the access token also where the refresh token is refused', async () => {
    const since = oidc.count('revocation');
    oidc.next('revocation', json(400, { error: 'unsupported_token_type' }));
    await logOut(await site.logIn('oidc'));
    expect(revoked(since)).toEqual(lastTokens());
  });

  test('at /auth/logout/all too', async () => {
    const browser = await site.logIn('oidc', { sub: 'user-of-all' });
    const since = oidc.count('revocation');
    await logOut(browser, '/auth/logout/all');
    expect(revoked(since)).toEqual(expect.arrayContaining(lastTokens()));
  });

  test('a second logout, and one without a session, revoke nothing', async () => {
    const browser = await site.logIn('oidc');
    const copy = browser.clone();
    await logOut(browser);
    const since = oidc.count('revocation');
    expect((await copy.call('POST', '/auth/logout')).status).toBe(200);
    expect((await browser.call('POST', '/auth/logout')).status).toBe(200);
    expect(revoked(since)).toEqual([]);
  });

  test('an issuer without a revocation endpoint: nothing is sent, and nothing is complained of', async () => {
    const before = complaints();
    const browser = await site.logIn('without');
    const { calls } = site.issuers.without;
    const count = calls.length;
    await logOut(browser);
    expect(calls.length).toBe(count);
    expect(complaints()).toBe(before);
  });
});

const TROUBLE: [string, Answer][] = [
  ['503', json(503, {}, { 'retry-after': '5' })],
  ['500 HTML', text(500, 'text/html', '<h1>Error</h1>')],
  ['400 unsupported_token_type', json(400, { error: 'unsupported_token_type' })],
  ['401 invalid_client', json(401, { error: 'invalid_client' })],
  ['404', json(404, {})],
  ['a redirect to the same host', redirectTo(307, '/elsewhere')],
  ['a connection that is reset', reset],
  ['no answer', hang],
  ['a byte now and then', drip],
];

describe('S113 a revocation that fails leaves the logout as it is, and a line in the log', () => {
  test.each(TROUBLE)('%s', async (_name, answer) => {
    const before = complaints();
    const browser = await site.logIn('oidc');
    oidc.always('revocation', answer);
    await logOut(browser);
    await until(() => complaints() > before);
    expect(complaints()).toBe(before + 1);
  });

  test('no connection', async () => {
    const before = complaints();
    const browser = await site.logIn('oidc');
    await oidc.close();
    const logout = await browser.call('POST', '/auth/logout');
    await oidc.open();
    expect(logout.status).toBe(200);
    await until(() => complaints() > before);
  });

  test('S46 a redirect to another host is not followed', async () => {
    for (const status of [301, 302, 303, 307, 308]) {
      const browser = await site.logIn('oidc');
      oidc.always('revocation', redirectTo(status, `${elsewhere.url}/revoke`));
      await logOut(browser);
      oidc.behave();
    }
    expect(elsewhere.calls).toEqual([]);
  });

  test('S47 what it says is not read without end', async () => {
    const browser = await site.logIn('oidc');
    oidc.always('revocation', huge);
    await logOut(browser);
  });

  test.each([
    ['nothing', text(200, 'text/plain', '')],
    ['a page', text(200, 'text/html', '<h1>done</h1>')],
    ['JSON', json(200, {})],
  ])('200 with %s is success', async (_name, answer) => {
    const before = complaints();
    const browser = await site.logIn('oidc');
    oidc.always('revocation', answer);
    const since = oidc.count('revocation');
    await logOut(browser);
    expect(revoked(since)).toHaveLength(2);
    expect(complaints()).toBe(before);
  });
});

describe('S106 S113 a logout while the tokens are refreshed revokes the new ones', () => {
  test.each(['of the same process', 'of another'])('%s', async (which) => {
    const browser = await site.logIn('oidc');
    oidc.grants.expireAccessTokens();
    // The new tokens are made before the old ones are revoked, and come after.
    oidc.always('revocation', json(200, {}));
    const arrived = Promise.withResolvers<void>();
    const loggedOut = Promise.withResolvers<void>();
    oidc.next('refresh', async ({ proceed }) => {
      arrived.resolve();
      await loggedOut.promise;
      proceed();
    });
    const waiting = browser.clone().call('GET', '/api/user/info');
    await arrived.promise;
    const since = oidc.count('revocation');
    const uses = oidc.count('userinfo');
    await browser.call('POST', '/auth/logout', which === 'of another' ? { via: sibling } : {});
    const old = lastTokens();
    loggedOut.resolve();
    expect((await waiting).status).toBe(401);
    await until(() => revoked(since).length >= 4);
    expect(revoked(since)).toEqual([...old, ...lastTokens()]);
    expect(lastTokens()).not.toEqual(old);
    expect(oidc.count('userinfo')).toBe(uses);
  });
});

test('the relying party kept to the specifications', () => {
  const allowed = /unknown call POST \/elsewhere/;
  expect(oidc.violations.filter((violation) => !allowed.test(violation))).toEqual([]);
});

auditAtTheEnd(() => [site.bff, sibling]);
