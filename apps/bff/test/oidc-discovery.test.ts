import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { auditAtTheEnd } from './audit.ts';
import { Browser } from './browser-jar.ts';
import { type Clock, makeClock } from './clock.ts';
import { withClaims } from './forged-jwt.ts';
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
import { expectRefused } from './refused-login.ts';

type Metadata = Record<string, unknown>;

const ENDPOINTS = [
  'authorization_endpoint',
  'token_endpoint',
  'jwks_uri',
  'userinfo_endpoint',
  'revocation_endpoint',
  'end_session_endpoint',
  'pushed_authorization_request_endpoint',
];

/** Somewhere that nothing of ours may ever be sent. */
const elsewhere = new HostileIssuer();

/** Issuers whose metadata is unusual, and right all the same. */
const UNUSUAL: Record<string, HostileIssuer> = {
  'below-a-path': new HostileIssuer({ path: '/realms/night' }),
  'with-a-slash': new HostileIssuer({ path: '/' }),
  'path-and-slash': new HostileIssuer({ path: '/realms/night/' }),
  'no-pkce-methods': changed({ code_challenge_methods_supported: undefined }),
  'plain-only': changed({ code_challenge_methods_supported: ['plain'] }),
  'no-client-methods': changed({ token_endpoint_auth_methods_supported: undefined }),
  'no-algorithms': changed({ id_token_signing_alg_values_supported: undefined }),
  'no-userinfo': changed({ userinfo_endpoint: undefined }),
  'only-the-required': new HostileIssuer({
    metadata: ({
      issuer,
      authorization_endpoint,
      token_endpoint,
      jwks_uri,
      userinfo_endpoint,
    }) => ({
      ...{ issuer, authorization_endpoint, token_endpoint, jwks_uri, userinfo_endpoint },
    }),
  }),
  'more-than-known': changed({
    __proto: 1,
    mtls_endpoint_aliases: { token_endpoint: 'http://169.254.169.254/latest' },
    registration_endpoint: 'http://redis:6379/',
    service_documentation: 'javascript:alert(1)',
    claims_supported: [{}, null],
  }),
};

/** An issuer for each endpoint: one that was believed once would be believed in the next test. */
const idOf = (endpoint: string) => endpoint.replaceAll('_', '-');
const misplaced = ENDPOINTS.map((endpoint) => [idOf(endpoint), new HostileIssuer()] as const);

const issuers: Record<string, HostileIssuer> = {
  ...Object.fromEntries(misplaced),
  bent: new HostileIssuer(),
  crowd: new HostileIssuer(),
  lasting: new HostileIssuer(),
  moving: new HostileIssuer(),
  abroad: changed({ authorization_endpoint: 'https://login.example.com/authorize' }),
  tenant: new HostileIssuer({
    metadata: (metadata) => ({
      ...metadata,
      authorization_endpoint: `${metadata.authorization_endpoint}?tenant=night`,
    }),
  }),
  'slash-in-the-setting': new HostileIssuer(),
  ...UNUSUAL,
};

let site: OidcSite<string>;
let clock: Clock;

beforeAll(async () => {
  clock = makeClock();
  await elsewhere.open();
  await issuers['slash-in-the-setting']?.open();
  const url = `${issuers['slash-in-the-setting']?.url}/`;
  await issuers['slash-in-the-setting']?.close();
  site = await startOidcSite(issuers, {
    ...clock.env,
    PROVIDER_TIMEOUT_MS: '1200',
    OAUTH_SLASH_IN_THE_SETTING_BASE_URL: url,
  });
}, 60_000);

afterEach(() => {
  for (const issuer of Object.values(site.issuers)) issuer.behave();
});

afterAll(async () => {
  await site.stop();
  await elsewhere.close();
  clock.remove();
});

function changed(changes: Metadata): HostileIssuer {
  return new HostileIssuer({ metadata: (metadata) => ({ ...metadata, ...changes }) });
}

const issuerOf = (id: string): HostileIssuer => site.issuers[id] as HostileIssuer;

/** Start a login that must not begin: the browser is told so, and is left with nothing. */
async function expectNoStart(id: string, codes: readonly string[]): Promise<void> {
  const browser = new Browser(site.bff);
  const answer = await site.start(browser, id);
  expect([answer.status, answer.location], answer.summary).toEqual([
    302,
    `/?error=${answer.error}`,
  ]);
  expect(codes, answer.summary).toContain(answer.error);
  expect([...browser.cookies.keys()]).toEqual([]);
}

const WRONG_ISSUERS: [string, unknown][] = [
  ['another', 'https://attacker.example'],
  ['none', undefined],
  ['null', null],
  ['empty', ''],
  ['in an array', ['https://attacker.example']],
  ['two slashes more', 'slashes'],
  ['in capitals', 'capitals'],
  ['below', 'below'],
];

/** Where an endpoint must not be; `elsewhere` is another server of this machine. */
const WRONG_PLACES = [
  'http://169.254.169.254/latest/meta-data/',
  'https://169.254.169.254/latest/meta-data/',
  'http://redis:6379/',
  'https://redis/',
  'http://other.example.com/token',
  'https://127.0.0.1/token',
  'https://localhost/token',
  'https://app.localhost/token',
  'https://[::1]/token',
  'https://[::ffff:169.254.169.254]/token',
  'https://10.0.0.1/token',
  'https://2130706433/token',
  'https://0x7f.1/token',
  'https://vault.internal/token',
  'https://printer.local/token',
  'https://user:password@login.example.com/token',
  'elsewhere',
  'file:///etc/passwd',
  'data:application/json,{}',
  'javascript:alert(1)',
  'ftp://login.example.com/token',
  '//login.example.com/token',
  '/token',
  'token',
  '',
  5,
  null,
  {},
  ['https://login.example.com/token'],
] as const;

const FAILED = ['server_error'];
const AWAY = ['provider_unavailable'];
const EITHER = [...FAILED, ...AWAY];

const NO_METADATA: [string, Answer, string[]][] = [
  ['503', json(503, {}), AWAY],
  ['500 HTML', text(500, 'text/html', '<h1>Error</h1>'), AWAY],
  ['404', json(404, {}), EITHER],
  ['429', json(429, {}), AWAY],
  ['HTML', text(200, 'text/html', '<h1>Welcome</h1>'), FAILED],
  ['JSON that says it is HTML', text(200, 'text/html', '{}'), FAILED],
  ['nothing', text(200, 'application/json', ''), FAILED],
  ['204', text(204, 'application/json', ''), FAILED],
  ['null', json(200, null), FAILED],
  ['an array', json(200, []), FAILED],
  ['a text', json(200, 'issuer'), FAILED],
  ['half an object', text(200, 'application/json', '{"issuer":'), FAILED],
  ['64 MB', huge, EITHER],
  ['a connection that is reset', reset, AWAY],
  ['no answer', hang, AWAY],
  ['a byte now and then', drip, AWAY],
];

describe('S50 metadata that must not be believed', () => {
  test.each(WRONG_ISSUERS)('of an issuer: %s', async (_name, value) => {
    const bent = issuerOf('bent');
    const names: Record<string, string> = {
      slashes: `${bent.url}//`,
      capitals: bent.url.toUpperCase(),
      below: `${bent.url}/other`,
    };
    const name = names[String(value)] ?? value;
    bent.metadata = (metadata) => ({ ...metadata, issuer: name });
    await expectNoStart('bent', FAILED);
  });

  test.each(ENDPOINTS)('%s at an address inside, or none at all', async (endpoint) => {
    const id = idOf(endpoint);
    const own = issuerOf(id);
    for (const place of WRONG_PLACES) {
      const value = place === 'elsewhere' ? `${elsewhere.url}/token` : place;
      own.metadata = (metadata) => ({ ...metadata, [endpoint]: value });
      await expectNoStart(id, FAILED);
    }
    expect(elsewhere.calls).toEqual([]);
    expect(new Set(own.calls.map((call) => call.endpoint))).toEqual(new Set(['discovery']));
  });

  test.each(ENDPOINTS.slice(0, 3))('no %s', async (endpoint) => {
    issuerOf('bent').metadata = (metadata) => ({ ...metadata, [endpoint]: undefined });
    await expectNoStart('bent', FAILED);
  });
});

describe('S47 S48 S50 no metadata: the browser is told why, and nothing is remembered of it', () => {
  test.each(NO_METADATA)('%s', async (_name, answer, codes) => {
    issuerOf('bent').always('discovery', answer);
    await expectNoStart('bent', codes);
  });

  test.each([301, 302, 303, 307, 308])('S46 a redirect %i is not followed', async (status) => {
    const bent = issuerOf('bent');
    const document = '/.well-known/openid-configuration';
    for (const target of [elsewhere.url + document, '/elsewhere', `${bent.url}${document}?again`]) {
      bent.always('discovery', redirectTo(status, target));
      const calls = bent.calls.length;
      await expectNoStart('bent', FAILED);
      expect(bent.calls.length).toBe(calls + 1);
    }
    expect(elsewhere.calls).toEqual([]);
  });

  test('no connection', async () => {
    await issuerOf('bent').close();
    await expectNoStart('bent', AWAY);
    await issuerOf('bent').open();
  });

  test('then it works, without a restart', async () => {
    issuerOf('bent').metadata = (metadata) => metadata;
    const browser = await site.logIn('bent');
    expect((await browser.call('GET', '/api/user/info')).status).toBe(200);
  });
});

describe('S50 what a request says has no part in what is discovered', () => {
  test.each(['issuer', 'iss', 'provider_url', 'target_link_uri', 'login_hint'])(
    '%s',
    async (name) => {
      const browser = new Browser(site.bff);
      const query = `${name}=${encodeURIComponent(elsewhere.url)}`;
      const answer = await browser.open(`/auth/oauth/start?provider=bent&${query}`);
      expect(answer.location.startsWith(`${issuerOf('bent').url}/authorize?`)).toBe(true);
      expect(answer.location).not.toContain(encodeURIComponent(elsewhere.url));
      const host = { host: new URL(elsewhere.url).host, 'x-forwarded-host': 'attacker.example' };
      await browser.open('/auth/oauth/start?provider=bent', { headers: host });
      expect(elsewhere.calls).toEqual([]);
    },
  );
});

describe('S10 S50 metadata that is only unusual', () => {
  test.each(Object.keys(UNUSUAL))('%s', async (id) => {
    const browser = new Browser(site.bff);
    const { location } = await site.start(browser, id);
    const { searchParams } = new URL(location);
    expect(searchParams.get('code_challenge_method')).toBe('S256');
    expect(searchParams.get('code_challenge')).toMatch(/^[\w-]{43}$/);
    await site.logIn(id, { browser });
    const info = await browser.call('GET', '/api/user/info');
    expect([info.status, info.json.id]).toEqual([200, 'user-1']);
    const logout = await browser.call('POST', '/auth/logout');
    expect(logout.status).toBe(200);
    expect(issuerOf(id).violations).toEqual([]);
  });

  test('the name of the issuer is the one in its metadata, with its slash or without', async () => {
    for (const id of ['with-a-slash', 'path-and-slash']) {
      const own = issuerOf(id);
      expect(own.url.endsWith('/')).toBe(true);
      own.idToken = withClaims({ iss: own.url.slice(0, -1) });
      await expectRefused(site, id);
    }
    await site.logIn('slash-in-the-setting');
    const own = issuerOf('slash-in-the-setting');
    own.idToken = withClaims({ iss: `${own.url}/` });
    await expectRefused(site, 'slash-in-the-setting');
  });

  test('an endpoint on another host, by https, is where the browser is sent', async () => {
    const { location } = await site.start(new Browser(site.bff), 'abroad');
    expect(location.startsWith('https://login.example.com/authorize?')).toBe(true);
  });

  test('RFC 6749 section 3.1: the query of the authorization endpoint stays, ours is given once', async () => {
    const { location } = await site.start(new Browser(site.bff), 'tenant');
    const { searchParams } = new URL(location);
    expect(searchParams.get('tenant')).toBe('night');
    const names = [...searchParams.keys()];
    expect(names.length).toBe(new Set(names).size);
  });
});

test('S50 metadata is asked for once, however many start', async () => {
  const crowd = issuerOf('crowd');
  const starts = Array.from({ length: 50 }, () => site.start(new Browser(site.bff), 'crowd'));
  for (const { location } of await Promise.all(starts)) expect(location).toContain(crowd.url);
  await site.logIn('crowd');
  await site.start(new Browser(site.bff), 'crowd');
  expect(crowd.count('discovery')).toBe(1);
});

/** Both clocks go on by eleven minutes: metadata that is older is read again. */
function elevenMinutesLater(issuer: HostileIssuer): void {
  minutes += 11;
  clock.ahead(minutes * 60);
  issuer.clockSkew = minutes * 60;
}
let minutes = 0;

test('S50 an outage of discovery after it was read stops no login, however long', async () => {
  const lasting = issuerOf('lasting');
  await site.logIn('lasting');
  for (const answer of [
    json(503, {}),
    hang,
    text(200, 'text/html', '<h1>Welcome</h1>'),
    json(200, { issuer: 'https://attacker.example' }),
  ]) {
    lasting.always('discovery', answer);
    const calls = lasting.count('discovery');
    while (lasting.count('discovery') === calls) {
      elevenMinutesLater(lasting);
      await site.logIn('lasting');
      await delay(100);
    }
    await site.logIn('lasting');
  }
  expect(lasting.violations).toEqual([]);
});

test('S50 an outage of discovery is not made worse: it is asked again now and then', async () => {
  const lasting = issuerOf('lasting');
  lasting.always('discovery', json(503, {}));
  elevenMinutesLater(lasting);
  const calls = lasting.count('discovery');
  for (let count = 0; count < 20; count += 1) {
    await site.start(new Browser(site.bff), 'lasting');
    await delay(10);
  }
  expect(lasting.count('discovery') - calls).toBeLessThanOrEqual(2);
});

test('S50 metadata that changes later is taken, and not where it cannot be believed', async () => {
  const moving = issuerOf('moving');
  const target = async () => (await site.start(new Browser(site.bff), 'moving')).location;
  const isAt = async (path: string) => (await target()).startsWith(`${moving.url}${path}?`);
  expect(await isAt('/authorize')).toBe(true);
  moving.metadata = (metadata) => ({ ...metadata, token_endpoint: `${elsewhere.url}/token` });
  elevenMinutesLater(moving);
  const calls = moving.count('discovery');
  expect(await isAt('/authorize')).toBe(true);
  while (moving.count('discovery') === calls) await delay(20);
  expect(await isAt('/authorize')).toBe(true);
  moving.metadata = (metadata) => ({
    ...metadata,
    authorization_endpoint: `${moving.url}/new-place`,
  });
  elevenMinutesLater(moving);
  while (!(await isAt('/new-place'))) await delay(20);
  expect(elsewhere.calls).toEqual([]);
});

auditAtTheEnd(() => [site.bff]);
