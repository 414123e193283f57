import { createPublicKey } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { auditAtTheEnd } from './audit.ts';
import type { BrowserAnswer } from './browser-answer.ts';
import { Browser, type Headers } from './browser-jar.ts';
import { type Draft, type Forge, withClaims, withHeader } from './forged-jwt.ts';
import { HostileIssuer } from './hostile-issuer.ts';
import { type OidcSite, startOidcSite } from './oidc-site.ts';
import { json } from './provider-answers.ts';
import { newSigningKey, publicJwk, sealedBy, sealedWith } from './signing-key.ts';

type Id = 'oidc' | 'other' | 'rotating';

const attacker = newSigningKey('RS256');
const attackersSite = new HostileIssuer({ keys: [attacker] });
let site: OidcSite<Id>;
let oidc: HostileIssuer;

beforeAll(async () => {
  await attackersSite.open();
  const issuers = {
    oidc: new HostileIssuer(),
    other: new HostileIssuer(),
    rotating: new HostileIssuer(),
  };
  site = await startOidcSite<Id>(issuers, {
    OAUTH_PROVIDERS: 'oidc,other,rotating,aihubmix,rememberizer-account',
    OAUTH_AIHUBMIX_BASE_URL: 'http://127.0.0.1:9',
    OAUTH_AIHUBMIX_CLIENT_ID: 'a-client',
    OAUTH_AIHUBMIX_CLIENT_SECRET: 'of-a-provider-that-nobody-asks',
    OAUTH_REMEMBERIZER_ACCOUNT_BASE_URL: 'http://127.0.0.1:9',
  });
  oidc = site.issuers.oidc;
}, 60_000);

afterEach(() => {
  for (const issuer of Object.values(site.issuers)) issuer.behave();
});

afterAll(async () => {
  await site.stop();
  await attackersSite.close();
});

const FORM = 'application/x-www-form-urlencoded';
const HOUR = 3600;

interface Post {
  id?: string;
  body?: string | Buffer;
  headers?: Headers;
  browser?: Browser;
}

/** Send what an issuer sends: a form with a token, and nothing of a browser. */
async function post(token: string, { id = 'oidc', ...changed }: Post = {}): Promise<BrowserAnswer> {
  const { browser = new Browser(site.bff), headers = {} } = changed;
  const body = changed.body ?? new URLSearchParams({ logout_token: token }).toString();
  const answer = await browser.send('POST', `/oauth/backchannel-logout/${id}`, {
    headers: { 'content-type': FORM, ...headers },
    body,
  });
  expect(answer.headers['cache-control'], answer.summary).toMatch(/\bno-store\b/);
  expect(answer.cookies, answer.summary).toEqual([]);
  return answer;
}

const isSignedIn = async (browser: Browser): Promise<boolean> =>
  (await browser.call('GET', '/auth/session')).json.authenticated;

const alive = (browsers: readonly Browser[]) => Promise.all(browsers.map(isSignedIn));

let people = 0;

/** Somebody new, with a session at the issuer, a session here for each of the given names. */
async function somebody(...sids: string[]) {
  people += 1;
  const sub = `person-${people}`;
  const names = sids.map((sid) => `${sid}-of-${sub}`);
  const browsers: Browser[] = [];
  for (const sid of names) browsers.push(await site.logIn('oidc', { sub, sid }));
  return { sub, sids: names, browsers };
}

const sealedAs =
  (change: (draft: Draft) => Partial<Draft>): Forge =>
  (draft) => ({ ...draft, ...change(draft) });

const moved =
  (seconds: number): Forge =>
  (draft) => {
    const { iat, exp } = draft.claims as { iat: number; exp: number };
    return withClaims({ iat: iat + seconds, exp: exp + seconds })(draft);
  };

const hmac = (secret: () => string): Forge =>
  sealedAs((draft) => ({
    header: { ...draft.header, alg: 'HS256' },
    seal: sealedWith(secret()),
  }));

const publicPem = () =>
  createPublicKey(oidc.signer.privateKey).export({ type: 'spki', format: 'pem' }).toString();

const EVENT = 'http://schemas.openid.net/event/backchannel-logout';

const FORGED: [string, Forge][] = [
  [
    'alg none',
    (draft) => ({ ...draft, header: { alg: 'none', typ: 'logout+jwt' }, seal: () => '' }),
  ],
  ['alg none with the true signature', withHeader({ alg: 'none' })],
  ['HS256 with the client secret', hmac(() => oidc.clientSecret)],
  ['HS256 with the public key', hmac(publicPem)],
  ['RS256 that says RS512', withHeader({ alg: 'RS512' })],
  ['another key', sealedAs(() => ({ seal: sealedBy(attacker) }))],
  [
    'an unknown key',
    sealedAs(({ header }) => ({
      header: { ...header, kid: attacker.kid },
      seal: sealedBy(attacker),
    })),
  ],
  [
    'a key of its own as jwk',
    sealedAs(({ header }) => ({
      header: { ...header, kid: attacker.kid, jwk: publicJwk(attacker) },
      seal: sealedBy(attacker),
    })),
  ],
  [
    'a key of its own at jku',
    sealedAs(({ header }) => ({
      header: { ...header, kid: attacker.kid, jku: `${attackersSite.url}/jwks` },
      seal: sealedBy(attacker),
    })),
  ],
  ['no signature', sealedAs(() => ({ seal: () => '' }))],
  ['an extension that is critical and unknown', withHeader({ crit: ['exotic'], exotic: 1 })],
  ['another issuer', withClaims({ iss: 'https://attacker.example' })],
  ['no issuer', withClaims({ iss: undefined })],
  ['the issuer with a slash more', (draft) => withClaims({ iss: `${draft.claims.iss}/` })(draft)],
  ['another audience', withClaims({ aud: 'another-client' })],
  ['no audience', withClaims({ aud: undefined })],
  ['an empty audience', withClaims({ aud: [] })],
  ['no events', withClaims({ events: undefined })],
  ['null as events', withClaims({ events: null })],
  ['empty events', withClaims({ events: {} })],
  ['another event', withClaims({ events: { 'https://attacker.example/event': {} } })],
  ['the event as text', withClaims({ events: EVENT })],
  ['the events in an array', withClaims({ events: [EVENT] })],
  ['an event that is true', withClaims({ events: { [EVENT]: true } })],
  ['an event that is null', withClaims({ events: { [EVENT]: null } })],
  ['an event that is an array', withClaims({ events: { [EVENT]: [] } })],
  ['a nonce', withClaims({ nonce: 'of a login' })],
  ['an empty nonce', withClaims({ nonce: '' })],
  ['null as nonce', withClaims({ nonce: null })],
  ['no jti', withClaims({ jti: undefined })],
  ['an empty jti', withClaims({ jti: '' })],
  ['a number as jti', withClaims({ jti: 7 })],
  ['no iat', withClaims({ iat: undefined })],
  ['iat as text', withClaims({ iat: 'now' })],
  ['iat of 1e300', withClaims({ iat: 'raw:1e300' })],
  ['exp as text', withClaims({ exp: '9999999999' })],
  ['exp of null', withClaims({ exp: null })],
  [
    'issued an hour ago, without exp',
    (draft) => withClaims({ iat: Number(draft.claims.iat) - HOUR, exp: undefined })(draft),
  ],
  ['expired', moved(-HOUR)],
  [
    'expired, but issued now',
    (draft) => withClaims({ exp: Number(draft.claims.iat) - 300 })(draft),
  ],
  ['issued in an hour', moved(HOUR)],
  [
    'issued a week ago, and good for a year',
    (draft) =>
      withClaims({
        iat: Number(draft.claims.iat) - 7 * 24 * HOUR,
        exp: Number(draft.claims.iat) + 365 * 24 * HOUR,
      })(draft),
  ],
  ['not before an hour', (draft) => withClaims({ nbf: Number(draft.claims.iat) + HOUR })(draft)],
  ['neither sid nor sub', withClaims({ sid: undefined, sub: undefined })],
  ['empty sid and sub', withClaims({ sid: '', sub: '' })],
  ['a sid that is an object', withClaims({ sid: {} })],
  ['a sid that is null', withClaims({ sid: null })],
  ['a sub that is a number', withClaims({ sid: undefined, sub: 7 })],
  [
    'a sub that is an array',
    (draft) => withClaims({ sid: undefined, sub: [draft.claims.sub] })(draft),
  ],
  ['the typ of an access token', withHeader({ typ: 'at+jwt' })],
  ['the typ of another kind', withHeader({ typ: 'secevent+jwt' })],
  ['claims that are an array', (draft) => ({ ...draft, claims: [draft.claims] as never })],
  ['no JWT', () => 'a token'],
  ['two parts', () => 'e30.e30'],
  ['five parts', () => 'e30.e30.e30.e30.e30'],
];

describe('S117 a token that is not right is refused, and nothing ends', () => {
  let victim: Awaited<ReturnType<typeof somebody>>;
  beforeEach(async () => {
    const isAlive = victim && (await alive(victim.browsers)).every(Boolean);
    if (!isAlive) victim = await somebody('one', 'two');
  });

  test.each(FORGED)('%s', async (_name, forge) => {
    const { sub, sids } = victim;
    for (const of of [{ sub, sid: sids[0] ?? '' }, { sub }]) {
      const answer = await post(oidc.logoutToken(of, forge));
      expect([answer.status, answer.error], answer.summary).toEqual([400, 'invalid_request']);
    }
    expect(await alive(victim.browsers)).toEqual([true, true]);
    expect(attackersSite.calls).toEqual([]);
  });

  test('an ID token, that of the session itself', async () => {
    const answer = await post(oidc.idTokens.at(-1) ?? '');
    expect(answer.status).toBe(400);
    expect(await alive(victim.browsers)).toEqual([true, true]);
  });

  test('an ID token without its nonce, as a refresh brings one', async () => {
    const { sub, sids } = victim;
    const asIdToken: Forge = (draft) => {
      const { jti: _jti, events: _events, ...claims } = draft.claims;
      return { ...draft, header: { ...draft.header, typ: 'JWT' }, claims };
    };
    const answer = await post(oidc.logoutToken({ sub, sid: sids[0] ?? '' }, asIdToken));
    expect(answer.status).toBe(400);
    expect(await alive(victim.browsers)).toEqual([true, true]);
  });

  test('the token of another issuer here', async () => {
    const { sub, sids } = victim;
    const foreign = site.issuers.other.logoutToken({ sub, sid: sids[0] ?? '' });
    expect((await post(foreign)).status).toBe(400);
    expect((await post(oidc.logoutToken({ sub }), { id: 'other' })).status).toBe(400);
    expect(await alive(victim.browsers)).toEqual([true, true]);
  });

  test('no token, two tokens, one that is empty', async () => {
    const token = oidc.logoutToken({ sub: victim.sub });
    const bodies = [
      '',
      'logout_token=',
      'logout_token',
      `token=${token}`,
      `logout_token=${token}&logout_token=${token}`,
      `logout_token=&logout_token=${token}`,
      `logout_token[]=${token}`,
      `LOGOUT_TOKEN=${token}`,
      '\u0000'.repeat(100),
    ];
    for (const body of bodies) expect((await post('', { body })).status, body).toBe(400);
    expect(await alive(victim.browsers)).toEqual([true, true]);
  });

  test('S128 a body of 1 MB', async () => {
    const token = oidc.logoutToken({ sub: victim.sub });
    const body = `logout_token=${token}&filler=${'x'.repeat(1_000_000)}`;
    expect([400, 413]).toContain((await post('', { body })).status);
    expect([400, 413]).toContain((await post('x'.repeat(1_000_000))).status);
    expect(await alive(victim.browsers)).toEqual([true, true]);
  });

  test.each([
    'application/json',
    'text/plain',
    'multipart/form-data; boundary=x',
    'application/jwt',
    'application/logout+jwt',
    'application/xml',
    '',
    null,
  ])('the content type %j', async (type) => {
    const token = oidc.logoutToken({ sub: victim.sub });
    for (const body of [`logout_token=${token}`, JSON.stringify({ logout_token: token }), token])
      expect([400, 415]).toContain(
        (await post('', { body, headers: { 'content-type': type } })).status,
      );
    expect(await alive(victim.browsers)).toEqual([true, true]);
  });

  test('a body that is compressed', async () => {
    const headers = { 'content-encoding': 'gzip' };
    const answer = await post(oidc.logoutToken({ sub: victim.sub }), { headers });
    expect([400, 415]).toContain(answer.status);
    expect(await alive(victim.browsers)).toEqual([true, true]);
  });

  test.each(['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])('%s', async (method) => {
    const token = oidc.logoutToken({ sub: victim.sub });
    const path = `/oauth/backchannel-logout/oidc?logout_token=${token}`;
    const answer = await new Browser(site.bff).send(method, path);
    expect([answer.status, answer.headers.allow]).toEqual([405, 'POST']);
    expect(answer.headers['cache-control']).toMatch(/\bno-store\b/);
    expect(await alive(victim.browsers)).toEqual([true, true]);
  });

  test('a token in the query', async () => {
    const token = oidc.logoutToken({ sub: victim.sub });
    const path = `/oauth/backchannel-logout/oidc?logout_token=${token}`;
    const answer = await new Browser(site.bff).send('POST', path, {
      headers: { 'content-type': FORM },
    });
    expect(answer.status).toBe(400);
    expect(await alive(victim.browsers)).toEqual([true, true]);
  });

  test.each([
    'nobody',
    'aihubmix',
    'rememberizer-account',
    '__proto__',
    'OIDC',
    'oidc/x',
    '',
    '%2e%2e',
  ])('at the address of %j, 404', async (id) => {
    const answer = await post(oidc.logoutToken({ sub: victim.sub }), { id });
    expect(answer.status, answer.summary).toBe(404);
    expect(await alive(victim.browsers)).toEqual([true, true]);
  });
});

describe('S117 a token that is right ends what it names', () => {
  test('a sid: that one of three sessions', async () => {
    const { sids, browsers } = await somebody('one', 'two', 'three');
    const bystander = await somebody('one');
    expect((await post(oidc.logoutToken({ sid: sids[1] ?? '' }))).status).toBe(200);
    expect(await alive(browsers)).toEqual([true, false, true]);
    expect((await browsers[1]?.call('GET', '/api/user/info'))?.status).toBe(401);
    expect((await browsers[0]?.call('GET', '/auth/sessions'))?.json).toHaveLength(2);
    expect(await alive(bystander.browsers)).toEqual([true]);
  });

  test('a sub: all three, and nobody else’s', async () => {
    const { sub, browsers } = await somebody('one', 'two', 'three');
    const bystander = await somebody('one');
    const elsewhere = await site.logIn('other', { sub, sid: 'x' });
    expect((await post(oidc.logoutToken({ sub }))).status).toBe(200);
    expect(await alive(browsers)).toEqual([false, false, false]);
    expect(await alive([...bystander.browsers, elsewhere])).toEqual([true, true]);
  });

  test('both: the session of that sid', async () => {
    const { sub, sids, browsers } = await somebody('one', 'two', 'three');
    expect((await post(oidc.logoutToken({ sub, sid: sids[2] ?? '' }))).status).toBe(200);
    expect(await alive(browsers)).toEqual([true, true, false]);
  });

  test('a sid that two sessions here share: both', async () => {
    const { sub, sids, browsers } = await somebody('one', 'two');
    const [sid = ''] = sids;
    const again = await site.logIn('oidc', { sub, sid });
    expect((await post(oidc.logoutToken({ sid }))).status).toBe(200);
    expect(await alive([...browsers, again])).toEqual([false, true, false]);
  });

  test('the same sid at another issuer is another session', async () => {
    const { sids, browsers } = await somebody('one');
    const [sid = ''] = sids;
    const elsewhere = await site.logIn('other', { sub: 'x', sid });
    expect((await post(site.issuers.other.logoutToken({ sid }), { id: 'other' })).status).toBe(200);
    expect(await alive([...browsers, elsewhere])).toEqual([true, false]);
  });

  test('a sub of sessions without a sid', async () => {
    const browser = await site.logIn('oidc', { sub: 'without-sid' });
    expect((await post(oidc.logoutToken({ sub: 'without-sid' }))).status).toBe(200);
    expect(await isSignedIn(browser)).toBe(false);
  });

  test('nobody who is here: that is success too (section 2.8)', async () => {
    const { browsers } = await somebody('one');
    for (const of of [{ sid: 'nobody' }, { sub: 'nobody' }, { sub: '*' }, { sid: '*' }])
      expect((await post(oidc.logoutToken(of))).status).toBe(200);
    expect(await alive(browsers)).toEqual([true]);
  });

  test('after a refresh that named another sid, the one of the login', async () => {
    const { sids, browsers } = await somebody('one');
    oidc.grants.expireAccessTokens();
    await browsers[0]?.call('GET', '/api/user/info');
    expect((await post(oidc.logoutToken({ sid: sids[0] ?? '' }))).status).toBe(200);
    expect(await alive(browsers)).toEqual([false]);
  });

  test('S106 a refresh on its way brings nothing back', async () => {
    const { sub, browsers } = await somebody('one');
    oidc.grants.expireAccessTokens();
    const arrived = Promise.withResolvers<void>();
    const ended = Promise.withResolvers<void>();
    oidc.next('refresh', async ({ proceed }) => {
      arrived.resolve();
      await ended.promise;
      proceed();
    });
    const waiting = browsers[0]?.clone().call('GET', '/api/user/info');
    await arrived.promise;
    expect((await post(oidc.logoutToken({ sub }))).status).toBe(200);
    ended.resolve();
    expect((await waiting)?.status).toBe(401);
    expect(await alive(browsers)).toEqual([false]);
  });

  test('nothing of the sessions stays in Redis', async () => {
    const { sub, browsers } = await somebody('one', 'two');
    const list = (await browsers[0]?.call('GET', '/auth/sessions'))?.json;
    const handles = list.map(({ handle }: { handle: string }) => handle);
    await post(oidc.logoutToken({ sub }));
    const left = (await site.redis.dump()).filter(({ key, content }) =>
      handles.some((handle: string) => key.includes(handle) || content.includes(handle)),
    );
    expect(handles).toHaveLength(2);
    expect(left.filter(({ key }) => !key.includes(':sid:'))).toEqual([]);
  });
});

describe('S117 who sends it', () => {
  test('needs no cookie and no header of a page; whatever a browser would say is not looked at', async () => {
    const { sids } = await somebody('one', 'two', 'three');
    const headers: Headers[] = [
      {},
      { origin: 'https://attacker.example', 'sec-fetch-site': 'cross-site' },
      { 'content-type': `${FORM}; charset=utf-8`, 'user-agent': 'issuer/1.0', accept: '*/*' },
    ];
    for (const [index, each] of headers.entries())
      expect(
        (await post(oidc.logoutToken({ sid: sids[index] ?? '' }), { headers: each })).status,
      ).toBe(200);
  });

  test('S117 cookies of somebody else are neither read nor cleared', async () => {
    const bystander = await somebody('one');
    const { sids, browsers } = await somebody('one');
    const [browser] = bystander.browsers;
    const token = oidc.logoutToken({ sid: sids[0] ?? '' });
    expect((await post(token, browser ? { browser } : {})).status).toBe(200);
    expect(await alive([...browsers, ...bystander.browsers])).toEqual([false, true]);
  });
});

describe('S117 a token is good once', () => {
  test('the second time it is refused', async () => {
    const { sub, sids, browsers } = await somebody('one');
    const token = oidc.logoutToken({ sub });
    expect((await post(token)).status).toBe(200);
    const again = await site.logIn('oidc', { sub, sid: sids[0] ?? '' });
    expect((await post(token)).status).toBe(400);
    expect(await alive([...browsers, again])).toEqual([false, true]);
  });

  test('another token with its jti is refused', async () => {
    const [first, second] = [await somebody('one'), await somebody('one')];
    const jti = 'a-jti-for-two';
    expect((await post(oidc.logoutToken({ sub: first.sub }, withClaims({ jti })))).status).toBe(
      200,
    );
    expect((await post(oidc.logoutToken({ sub: second.sub }, withClaims({ jti })))).status).toBe(
      400,
    );
    expect(await alive([...first.browsers, ...second.browsers])).toEqual([false, true]);
  });

  test('the same jti of another issuer is another order', async () => {
    const jti = 'a-jti-of-two-issuers';
    const one = oidc.logoutToken({ sub: 'nobody' }, withClaims({ jti }));
    const two = site.issuers.other.logoutToken({ sub: 'nobody' }, withClaims({ jti }));
    expect((await post(one)).status).toBe(200);
    expect((await post(two, { id: 'other' })).status).toBe(200);
  });

  test('a token that was refused does not use its jti up', async () => {
    const { sub, browsers } = await somebody('one');
    const jti = 'a-jti-of-a-forged-token';
    const forged: Forge = (draft) => ({
      ...(withClaims({ jti })(draft) as Draft),
      seal: sealedBy(attacker),
    });
    expect((await post(oidc.logoutToken({ sub }, forged))).status).toBe(400);
    expect((await post(oidc.logoutToken({ sub }, withClaims({ jti })))).status).toBe(200);
    expect(await alive(browsers)).toEqual([false]);
  });

  test('of 20 at once one is carried out', async () => {
    const { sub, browsers } = await somebody('one');
    const token = oidc.logoutToken({ sub });
    const answers = await Promise.all(Array.from({ length: 20 }, () => post(token)));
    const statuses = answers.map(({ status }) => status).sort();
    expect(statuses).toEqual([200, ...Array(19).fill(400)]);
    expect(await alive(browsers)).toEqual([false]);
  });

  test('S125 what is remembered of it ends', async () => {
    await post(oidc.logoutToken({ sub: 'nobody' }));
    const orders = (await site.redis.dump()).filter(({ key }) => key.includes(':order:'));
    expect(orders.length).toBeGreaterThan(0);
    expect(orders.every(({ ttl }) => ttl > 600 && ttl <= 3600)).toBe(true);
  });
});

describe('S117 a token that is only unusual is carried out', () => {
  const usual: [string, Forge][] = [
    ['aud as an array of one', (draft) => withClaims({ aud: [draft.claims.aud] })(draft)],
    [
      'no exp, as before the final specification: iat bounds its age',
      withClaims({ exp: undefined }),
    ],
    ['no typ, as before too', withHeader({ typ: undefined })],
    ['typ JWT, as before too', withHeader({ typ: 'JWT' })],
    ['typ in other letters', withHeader({ typ: 'Logout+JWT' })],
    ['typ with its full name', withHeader({ typ: 'application/logout+jwt' })],
    ['an event with content', withClaims({ events: { [EVENT]: { reason: 'x' } } })],
    ['other events too', withClaims({ events: { [EVENT]: {}, 'https://example.com/e': {} } })],
    ['other claims', withClaims({ acr: '1', trace_id: 'x' })],
    ['issued two minutes ago', moved(-2 * 60)],
    ['issued in two minutes', moved(2 * 60)],
  ];
  test.each(usual)('%s', async (_name, forge) => {
    const { sub, browsers } = await somebody('one');
    expect((await post(oidc.logoutToken({ sub }, forge))).status).toBe(200);
    expect(await alive(browsers)).toEqual([false]);
  });

  test('other fields beside the token', async () => {
    const { sub, browsers } = await somebody('one');
    const body = `a=1&logout_token=${oidc.logoutToken({ sub })}&b=2`;
    expect((await post('', { body })).status).toBe(200);
    expect(await alive(browsers)).toEqual([false]);
  });
});

describe('S43 S117 the keys of the issuer', () => {
  test('S43 100 tokens of nobody with random kids make us look for new keys once', async () => {
    const before = oidc.count('jwks');
    const tokens = Array.from({ length: 100 }, (_, at) =>
      oidc.logoutToken({ sub: 'nobody' }, withHeader({ kid: `kid-${at}` })),
    );
    const answers = await Promise.all(tokens.map((token) => post(token)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([400]));
    expect(oidc.count('jwks') - before).toBeLessThanOrEqual(1);
  });

  test('a new one is found', async () => {
    const { rotating } = site.issuers;
    const browser = await site.logIn('rotating', { sub: 'x', sid: 'sid-x' });
    rotating.rotate();
    const answer = await post(rotating.logoutToken({ sid: 'sid-x' }), { id: 'rotating' });
    expect(answer.status).toBe(200);
    expect(await isSignedIn(browser)).toBe(false);
  });

  test('that cannot be read: no 400, for the issuer shall send it again; then it works', async () => {
    const { sub, browsers } = await somebody('one');
    const fresh = await site.sibling();
    const token = oidc.logoutToken({ sub });
    const send = () =>
      new Browser(site.bff).send('POST', '/oauth/backchannel-logout/oidc', {
        ...{ headers: { 'content-type': FORM }, via: fresh },
        body: new URLSearchParams({ logout_token: token }).toString(),
      });
    try {
      for (const endpoint of ['discovery', 'jwks'] as const) {
        oidc.always(endpoint, json(503, {}));
        const answer = await send();
        expect([502, 503, 504], answer.summary).toContain(answer.status);
        expect(await alive(browsers)).toEqual([true]);
        oidc.behave();
      }
      expect((await send()).status).toBe(200);
      expect(await alive(browsers)).toEqual([false]);
    } finally {
      await fresh.stop();
    }
  });
});

auditAtTheEnd(() => [site.bff]);
