import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { auditAtTheEnd } from './audit.ts';
import type { BffProcess } from './bff-process.ts';
import { Browser } from './browser-jar.ts';
import { leaks } from './canaries.ts';
import { withClaims } from './forged-jwt.ts';
import { HostileIssuer } from './hostile-issuer.ts';
import { type OidcSite, startOidcSite } from './oidc-site.ts';
import { hang, json } from './provider-answers.ts';

type Id = 'oidc' | 'unhinted' | 'without' | 'tenant';

let site: OidcSite<Id>;
let oidc: HostileIssuer;
const siblings: BffProcess[] = [];

beforeAll(async () => {
  const issuers = {
    oidc: new HostileIssuer(),
    unhinted: new HostileIssuer(),
    without: new HostileIssuer({
      metadata: ({ end_session_endpoint: _none, ...metadata }) => metadata,
    }),
    tenant: new HostileIssuer({
      metadata: (metadata) => ({
        ...metadata,
        end_session_endpoint: `${metadata.end_session_endpoint}?tenant=night`,
      }),
    }),
  };
  site = await startOidcSite<Id>(issuers, { OAUTH_UNHINTED_LOGOUT_HINT: 'off' });
  oidc = site.issuers.oidc;
}, 60_000);

afterEach(() => {
  for (const issuer of Object.values(site.issuers)) issuer.behave();
});

afterAll(async () => {
  await Promise.all(siblings.map((sibling) => sibling.stop()));
  await site.stop();
});

const TICKET = /^\/auth\/logout\/continue\/[\w-]{22,}$/;

/** Log out: where the page must navigate then. */
async function logOut(browser: Browser, path = '/auth/logout'): Promise<string> {
  const logout = await browser.call('POST', path);
  expect(logout.status, logout.summary).toBe(200);
  expect(logout.json).toEqual({ logout_url: expect.stringMatching(TICKET) });
  return logout.json.logout_url;
}

/** Go there: the address of the provider's sign-out page, in its parts. */
async function destinationOf(browser: Browser, path: string) {
  const answer = await browser.open(path, { from: 'same-origin' });
  expect(answer.status, answer.summary).toBe(302);
  expect(answer.body).toBe('');
  const { origin, pathname, searchParams } = new URL(answer.location, site.bff.origin);
  return { page: origin + pathname, parameters: Object.fromEntries(searchParams) };
}

describe('S116 the browser is sent to the issuer’s sign-out page', () => {
  test.each(['/auth/logout', '/auth/logout/all'])('after %s', async (path) => {
    const browser = await site.logIn('oidc');
    const hint = oidc.idTokens.at(-1);
    const url = await logOut(browser, path);
    const { page, parameters } = await destinationOf(browser, url);
    expect(page).toBe(`${oidc.url}/end-session`);
    expect(parameters).toEqual({
      client_id: oidc.clientId,
      id_token_hint: hint,
      post_logout_redirect_uri: `${site.bff.origin}/`,
    });
  });

  test('without an ID token that is too long for an address', async () => {
    oidc.idToken = withClaims({ groups: Array.from({ length: 200 }, () => crypto.randomUUID()) });
    const browser = await site.logIn('oidc');
    oidc.behave();
    const { page, parameters } = await destinationOf(browser, await logOut(browser));
    expect(page).toBe(`${oidc.url}/end-session`);
    expect(parameters).toEqual({
      client_id: oidc.clientId,
      post_logout_redirect_uri: `${site.bff.origin}/`,
    });
  });

  test('with the ID token of the last refresh', async () => {
    const browser = await site.logIn('oidc');
    oidc.grants.expireAccessTokens();
    await browser.call('GET', '/api/user/info');
    const { parameters } = await destinationOf(browser, await logOut(browser));
    expect(parameters.id_token_hint).toBe(oidc.idTokens.at(-1));
  });

  test('with the ID token of the login, where a refresh brought none', async () => {
    const browser = await site.logIn('oidc');
    const hint = oidc.idTokens.at(-1);
    oidc.refreshedIdToken = () => undefined;
    oidc.grants.expireAccessTokens();
    await browser.call('GET', '/api/user/info');
    const { parameters } = await destinationOf(browser, await logOut(browser));
    expect(parameters.id_token_hint).toBe(hint);
  });

  test('without the hint, where the setting says so', async () => {
    const browser = await site.logIn('unhinted');
    const { parameters } = await destinationOf(browser, await logOut(browser));
    expect(parameters).toEqual({
      client_id: site.issuers.unhinted.clientId,
      post_logout_redirect_uri: `${site.bff.origin}/`,
    });
  });

  test('with what its address has in the query already', async () => {
    const browser = await site.logIn('tenant');
    const { page, parameters } = await destinationOf(browser, await logOut(browser));
    expect(page).toBe(`${site.issuers.tenant.url}/end-session`);
    expect(parameters).toMatchObject({ tenant: 'night', client_id: expect.any(String) });
  });

  test('S112 and the session here has ended before', async () => {
    const browser = await site.logIn('oidc');
    const thief = browser.clone();
    const url = await logOut(browser);
    expect((await thief.call('GET', '/api/user/info')).status).toBe(401);
    await destinationOf(browser, url);
    expect((await thief.call('GET', '/api/user/info')).status).toBe(401);
  });
});

describe('S116 no page to go to', () => {
  test('at an issuer that has none', async () => {
    const logout = await (await site.logIn('without')).call('POST', '/auth/logout');
    expect([logout.status, logout.json]).toEqual([200, { logout_url: null }]);
  });

  test('without a session', async () => {
    const logout = await new Browser(site.bff).call('POST', '/auth/logout');
    expect([logout.status, logout.json]).toEqual([200, { logout_url: null }]);
  });

  test.each([
    ['an issuer that is away', json(503, {})],
    ['one that hangs', hang],
  ])('in a process that could not read the metadata yet: %s', async (_name, answer) => {
    const browser = await site.logIn('oidc');
    const thief = browser.clone();
    oidc.always('discovery', answer);
    const fresh = await site.sibling({ PROVIDER_TIMEOUT_MS: '10000' });
    siblings.push(fresh);
    const begun = performance.now();
    const logout = await browser.call('POST', '/auth/logout', { via: fresh });
    expect(performance.now() - begun).toBeLessThan(6000);
    expect([logout.status, logout.json]).toEqual([200, { logout_url: null }]);
    expect((await thief.call('GET', '/api/user/info')).status).toBe(401);
    await expect.poll(() => fresh.output()).toContain('"session.logged_out_here_only"');
  });
});

describe('S116 the path is good once, for a minute, for a navigation', () => {
  test('a second use goes home', async () => {
    const browser = await site.logIn('oidc');
    const url = await logOut(browser);
    expect((await destinationOf(browser, url)).page).toBe(`${oidc.url}/end-session`);
    for (const again of [browser, new Browser(site.bff)])
      expect((await again.open(url)).location).toBe('/');
  });

  test('of 20 uses at once one gets there', async () => {
    const browser = await site.logIn('oidc');
    const url = await logOut(browser);
    const answers = await Promise.all(Array.from({ length: 20 }, () => browser.open(url)));
    const home = answers.filter(({ location }) => location === '/');
    expect(home).toHaveLength(19);
  });

  test('after its time it goes home; that is a minute', async () => {
    const browser = await site.logIn('oidc');
    const tickets = async () => (await site.redis.keys()).filter((one) => one.includes(':logout:'));
    const before = await tickets();
    const url = await logOut(browser);
    const [key = '', ...more] = (await tickets()).filter((each) => !before.includes(each));
    expect(more).toEqual([]);
    const left = await site.redis.client.pTTL(key);
    expect(left).toBeGreaterThan(30_000);
    expect(left).toBeLessThanOrEqual(60_000);
    await site.redis.client.pExpire(key, 1);
    while ((await site.redis.client.exists(key)) === 1) await delay(5);
    expect((await browser.open(url)).location).toBe('/');
  });

  test.each(['x', 'A'.repeat(43), '..%2f..', '%00', '*', 'A'.repeat(5000)])(
    'a ticket that nobody got (%#) goes home, or nowhere',
    async (ticket) => {
      const answer = await new Browser(site.bff).open(`/auth/logout/continue/${ticket}`);
      if (answer.status === 302) expect(answer.location).toBe('/');
      else expect([400, 404, 414, 431]).toContain(answer.status);
    },
  );

  test('what is no navigation gets nothing, and uses nothing up', async () => {
    const browser = await site.logIn('oidc');
    const url = await logOut(browser);
    const fetched = await browser.call('GET', url);
    expect([fetched.status, fetched.headers.location]).toEqual([400, undefined]);
    const headed = await browser.open(url, { headers: { 'sec-purpose': 'prefetch' } });
    expect([headed.status, headed.headers.location]).toEqual([400, undefined]);
    const head = await browser.call('HEAD', url);
    expect(head.headers.location).toBeUndefined();
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS'])
      expect([403, 404, 405]).toContain((await browser.call(method, url)).status);
    expect((await destinationOf(browser, url)).page).toBe(`${oidc.url}/end-session`);
  });

  test('S122 what it stands for is sealed', async () => {
    const browser = await site.logIn('oidc');
    const url = await logOut(browser);
    const ticket = url.split('/').at(-1) ?? '';
    const entries = await site.redis.dump();
    const text = JSON.stringify(entries);
    expect(text).not.toContain(ticket);
    expect(text).not.toContain('end-session');
    expect(leaks(text, ['ID', 'AT', 'RT'])).toEqual([]);
  });
});

test('S116 S1 the ID token is in nothing that the browser gets, but in the address of that redirect', async () => {
  const answers = [site.bff, ...siblings].flatMap((bff) => bff.answers);
  const shown = answers.filter(({ path }) => !TICKET.test(path));
  const text = shown.map(({ headers, body }) => JSON.stringify(headers) + body).join('\n');
  expect(leaks(text, ['ID'])).toEqual([]);
  const continued = answers.filter(({ path }) => TICKET.test(path));
  expect(continued.length).toBeGreaterThan(5);
  for (const { headers, body } of continued) {
    const { location: _address, ...others } = headers;
    expect(leaks(JSON.stringify(others) + body, ['ID'])).toEqual([]);
    expect(headers['referrer-policy']).toBe('no-referrer');
    expect(headers['cache-control']).toContain('no-store');
  }
  expect(oidc.idTokens.length).toBeGreaterThan(5);
  expect(leaks(oidc.idTokens.join(), ['ID'])).toEqual(['ID']);
});

auditAtTheEnd(() => [site.bff]);
