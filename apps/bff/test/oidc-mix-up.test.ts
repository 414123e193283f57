import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { auditAtTheEnd } from './audit.ts';
import { Browser } from './browser-jar.ts';
import { HostileIssuer } from './hostile-issuer.ts';
import { type OidcSite, startOidcSite } from './oidc-site.ts';
import { comeBack } from './sign-in.ts';

type Id = 'announcing' | 'silent' | 'other';

let site: OidcSite<Id>;

beforeAll(async () => {
  const silent = new HostileIssuer({
    metadata: ({ authorization_response_iss_parameter_supported: _announced, ...others }) => others,
  });
  site = await startOidcSite<Id>({
    announcing: new HostileIssuer(),
    silent,
    other: new HostileIssuer(),
  });
}, 60_000);

beforeEach(() => {
  for (const issuer of Object.values(site.issuers)) issuer.behave();
});

afterAll(() => site.stop());

const tokenRequests = () =>
  Object.values(site.issuers).reduce((sum, issuer) => sum + issuer.count('token'), 0);

/** From the start to the callback URL, to be bent before the browser goes there. */
async function callbackOf(browser: Browser, id: Id, error?: string): Promise<URL> {
  const { location } = await site.start(browser, id);
  return site.issuers[id].authorize(location, error === undefined ? {} : { error });
}

const goTo = (browser: Browser, { pathname, search }: URL) => comeBack(browser, pathname + search);

/** Deliver a callback that must come to nothing: no token request, no session. */
async function expectNothing(
  browser: Browser,
  callback: URL,
  codes: readonly string[] = ['invalid_state'],
): Promise<void> {
  const requests = tokenRequests();
  const answer = await goTo(browser, callback);
  expect([answer.status, answer.location], answer.summary).toEqual([
    302,
    `/?error=${answer.error}`,
  ]);
  expect(codes, answer.summary).toContain(answer.error);
  expect(tokenRequests(), 'token requests').toBe(requests);
  expect(browser.sessionCookie).toBeUndefined();
  expect((await browser.call('GET', '/api/user/info')).status).toBe(401);
}

/** Change the `iss` of a callback (RFC 9207 section 2). */
type Bend = (parameters: URLSearchParams, own: string) => void;

const WRONG_ISS: [string, Bend][] = [
  ['of an attacker', (query) => query.set('iss', 'https://attacker.example')],
  ['of another provider here', (query) => query.set('iss', site.issuers.other.url)],
  ['with a slash more', (query, own) => query.set('iss', `${own}/`)],
  ['in capitals', (query, own) => query.set('iss', own.toUpperCase())],
  ['longer', (query, own) => query.set('iss', `${own}.attacker.example`)],
  ['shorter', (query, own) => query.set('iss', own.slice(0, -1))],
  ['with a space', (query, own) => query.set('iss', ` ${own}`)],
  ['encoded twice', (query, own) => query.set('iss', encodeURIComponent(own))],
];

const SEVERAL_ISS: [string, Bend][] = [
  ['the right one first', (query) => query.append('iss', 'https://attacker.example')],
  [
    'the wrong one first',
    (query, own) => {
      query.set('iss', 'https://attacker.example');
      query.append('iss', own);
    },
  ],
  ['the right one twice', (query, own) => query.append('iss', own)],
];

describe.each(['a code', 'an error'])('S25 with %s', (what) => {
  const error = what === 'an error' ? 'access_denied' : undefined;

  test.each(WRONG_ISS)('iss %s is refused', async (_name, bend) => {
    for (const id of ['announcing', 'silent'] as const) {
      const browser = new Browser(site.bff);
      const callback = await callbackOf(browser, id, error);
      bend(callback.searchParams, site.issuers[id].url);
      await expectNothing(browser, callback);
      expect(browser.attemptCookies, 'the attempt is taken').toEqual([]);
    }
  });

  test.each(SEVERAL_ISS)('two iss, %s, are refused', async (_name, bend) => {
    for (const id of ['announcing', 'silent'] as const) {
      const browser = new Browser(site.bff);
      const callback = await callbackOf(browser, id, error);
      callback.searchParams.set('iss', site.issuers[id].url);
      bend(callback.searchParams, site.issuers[id].url);
      await expectNothing(browser, callback, ['invalid_state', 'missing_parameters']);
    }
  });

  test.each(['left out', 'empty'])('iss that was announced and is %s is missed', async (how) => {
    const browser = new Browser(site.bff);
    const callback = await callbackOf(browser, 'announcing', error);
    if (how === 'empty') callback.searchParams.set('iss', '');
    else callback.searchParams.delete('iss');
    await expectNothing(browser, callback);
  });

  test('without an announcement none is needed, and the right one is welcome', async () => {
    const expected = error === undefined ? '/?login=success' : '/?error=access_denied';
    for (const iss of [undefined, site.issuers.silent.url]) {
      const browser = new Browser(site.bff);
      const callback = await callbackOf(browser, 'silent', error);
      expect(callback.searchParams.has('iss')).toBe(false);
      if (iss !== undefined) callback.searchParams.set('iss', iss);
      expect((await goTo(browser, callback)).location).toBe(expected);
    }
  });
});

describe('S26 an answer of one issuer where another was asked', () => {
  const pairs: [Id, Id][] = [
    ['announcing', 'other'],
    ['other', 'announcing'],
    ['silent', 'other'],
    ['other', 'silent'],
    ['silent', 'announcing'],
  ];
  test.each(pairs)('started at %s, delivered at the callback of %s', async (from, to) => {
    const browser = new Browser(site.bff);
    const { search } = await callbackOf(browser, from);
    const { origin, pathname } = new URL(site.issuers[to].redirectUri);
    await expectNothing(browser, new URL(origin + pathname + search));
  });

  test.each(pairs)('the state of %s with the code and the iss of %s', async (asked, answered) => {
    for (const iss of ['of who answered', 'of who was asked', 'none'] as const) {
      const browser = new Browser(site.bff);
      const mine = await callbackOf(browser, asked);
      const theirs = await callbackOf(browser, answered);
      const state = mine.searchParams.get('state') ?? '';
      const mixed = new URL(theirs);
      mixed.searchParams.set('state', state);
      if (iss === 'of who was asked') mixed.searchParams.set('iss', site.issuers[asked].url);
      if (iss === 'none') mixed.searchParams.delete('iss');
      await expectNothing(browser, mixed);
      const code = theirs.searchParams.get('code') ?? '';
      const sent = Object.values(site.issuers).flatMap(({ calls }) => calls);
      expect(sent.some(({ form, url }) => form.get('code') === code || url.includes(code))).toBe(
        false,
      );
    }
  });

  test('a code of another issuer at the own callback goes to its own token endpoint only', async () => {
    const browser = new Browser(site.bff);
    const mine = await callbackOf(browser, 'silent');
    const { searchParams: theirs } = await callbackOf(new Browser(site.bff), 'other');
    mine.searchParams.set('code', theirs.get('code') ?? '');
    const others = site.issuers.other.count('token');
    expect((await goTo(browser, mine)).location).toBe('/?error=server_error');
    expect(site.issuers.other.count('token')).toBe(others);
    expect(browser.sessionCookie).toBeUndefined();
  });

  test('no issuer ever saw the secret of another', async () => {
    const secrets = Object.entries(site.issuers).map(([id, { clientSecret }]) => [
      id,
      clientSecret,
    ]);
    for (const [id, secret = ''] of secrets) {
      for (const [other, { calls }] of Object.entries(site.issuers)) {
        const seen = JSON.stringify(calls.map(({ headers, form }) => [headers, String(form)]));
        const decoded = calls.map(({ headers }) =>
          Buffer.from((headers.authorization ?? '').slice(6), 'base64').toString(),
        );
        if (other !== id) expect(seen + decoded.join()).not.toContain(secret);
      }
    }
  });

  test('both logins of one browser work, side by side', async () => {
    const browser = new Browser(site.bff);
    const first = await callbackOf(browser, 'announcing');
    const second = await callbackOf(browser, 'other');
    expect((await goTo(browser, first)).location).toBe('/?login=success');
    expect((await goTo(browser, second)).location).toBe('/?login=success');
  });
});

describe('S41 users are told by issuer and sub', () => {
  test('the same sub at two issuers: two users', async () => {
    const sub = 'the-same-sub';
    const [one, other] = [
      await site.logIn('announcing', { sub }),
      await site.logIn('other', { sub }),
    ];
    for (const browser of [one, other]) {
      expect((await browser.call('GET', '/auth/sessions')).json).toHaveLength(1);
      expect((await browser.call('GET', '/api/user/info')).json.id).toBe(sub);
    }
    await one.call('POST', '/auth/logout/all');
    expect((await other.call('GET', '/api/user/info')).status).toBe(200);
    expect((await one.call('GET', '/api/user/info')).status).toBe(401);
  });

  test('the same address and name with another sub: two users', async () => {
    const { other } = site.issuers;
    other.userInfo = (claims) => ({ ...claims, email: 'shared@example.com', email_verified: true });
    const one = await site.logIn('other', { sub: 'first' });
    const two = await site.logIn('other', { sub: 'second' });
    const info = await Promise.all(
      [one, two].map((browser) => browser.call('GET', '/api/user/info')),
    );
    expect(info.map(({ json }) => [json.id, json.email])).toEqual([
      ['first', 'shared@example.com'],
      ['second', 'shared@example.com'],
    ]);
    expect((await one.call('GET', '/auth/sessions')).json).toHaveLength(1);
    await one.call('POST', '/auth/logout/all');
    expect((await two.call('GET', '/api/user/info')).status).toBe(200);
  });

  test('subs that differ in case, or in a character that looks the same: two users', async () => {
    const subs = ['User', 'user', 'user ', 'us\u0435r', 'user\u0000', '__proto__', '7', '07'];
    const browsers = await Promise.all(subs.map((sub) => site.logIn('other', { sub })));
    for (const [index, browser] of browsers.entries()) {
      expect((await browser.call('GET', '/auth/sessions')).json, subs[index]).toHaveLength(1);
      expect((await browser.call('GET', '/api/user/info')).json.id).toBe(subs[index]);
    }
  });
});

auditAtTheEnd(() => [site.bff]);
