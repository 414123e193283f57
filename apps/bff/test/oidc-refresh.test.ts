import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { auditAtTheEnd } from './audit.ts';
import { type Draft, type Forge, withClaims, withHeader } from './forged-jwt.ts';
import { HostileIssuer, leftHalf } from './hostile-issuer.ts';
import { type OidcSite, startOidcSite } from './oidc-site.ts';
import { json } from './provider-answers.ts';
import { newSigningKey, sealedBy, sealedWith } from './signing-key.ts';

/** Each may look for new keys once in a while: who needs that has an issuer of their own. */
type Id = 'oidc' | 'rotating' | 'away' | 'without' | 'forging';

const attacker = newSigningKey('RS256');
let site: OidcSite<Id>;
let oidc: HostileIssuer;

beforeAll(async () => {
  site = await startOidcSite<Id>({
    oidc: new HostileIssuer(),
    rotating: new HostileIssuer(),
    away: new HostileIssuer(),
    without: new HostileIssuer(),
    forging: new HostileIssuer(),
  });
  oidc = site.issuers.oidc;
}, 60_000);

afterEach(() => {
  for (const issuer of Object.values(site.issuers)) issuer.behave();
});

afterAll(() => site.stop());

const HOUR = 3600;

const sealedAs =
  (change: (draft: Draft) => Partial<Draft>): Forge =>
  (draft) => ({ ...draft, ...change(draft) });

const later =
  (seconds: number): Forge =>
  (draft) => {
    const { iat, exp } = draft.claims as { iat: number; exp: number };
    return withClaims({ iat: iat + seconds, exp: exp + seconds })(draft);
  };

const FORGED: [string, Forge][] = [
  ['another sub', withClaims({ sub: 'user-2' })],
  ['no sub', withClaims({ sub: undefined })],
  ['an empty sub', withClaims({ sub: '' })],
  ['a sub in capitals', withClaims({ sub: 'USER-1' })],
  ['another issuer', withClaims({ iss: 'https://attacker.example' })],
  ['no issuer', withClaims({ iss: undefined })],
  ['the issuer with a slash more', (draft) => withClaims({ iss: `${draft.claims.iss}/` })(draft)],
  ['another audience', withClaims({ aud: 'another-client' })],
  ['a further audience', (draft) => withClaims({ aud: [draft.claims.aud, 'other'] })(draft)],
  ['the azp of another', withClaims({ azp: 'other' })],
  ['alg none', (draft) => ({ ...draft, header: { alg: 'none' }, seal: () => '' })],
  ['alg none with the true signature', withHeader({ alg: 'none' })],
  ['another key', sealedAs(() => ({ seal: sealedBy(attacker) }))],
  [
    'an unknown key',
    sealedAs(() => ({
      header: { alg: 'RS256', kid: attacker.kid },
      seal: sealedBy(attacker),
    })),
  ],
  ['a signature of something else', sealedAs(({ seal }) => ({ seal: () => seal('x') }))],
  [
    'HS256 with the client secret',
    sealedAs(({ header }) => ({
      header: { ...header, alg: 'HS256' },
      seal: sealedWith(oidc.clientSecret),
    })),
  ],
  ['expired', later(-2 * HOUR)],
  ['issued in an hour', later(HOUR)],
  ['no iat', withClaims({ iat: undefined })],
  ['no exp', withClaims({ exp: undefined })],
  ['at_hash of another token', withClaims({ at_hash: leftHalf('another', 'RS256') })],
  ['another nonce (OpenID Connect Core section 12.2)', withClaims({ nonce: 'of another login' })],
];

const NO_TOKENS: [string, Forge][] = [
  ['null', () => null],
  ['empty', () => ''],
  ['an object', ({ claims }) => claims],
  ['no JWT', () => 'an ID token'],
  ['two parts', () => 'e30.e30'],
  ['five parts', () => 'e30.e30.e30.e30.e30'],
];

/** Let a session's access token end, so that the next call refreshes. */
async function signedInWithEndedToken(id: Id = 'oidc') {
  const browser = await site.logIn(id);
  site.issuers[id].grants.expireAccessTokens();
  return browser;
}

/** The access tokens that userinfo was called with. */
const used = (issuer: HostileIssuer) =>
  issuer.of('userinfo').map(({ headers }) => headers.authorization?.slice('Bearer '.length));

describe('S108 a refreshed ID token that is not right ends the session, its access token is never used', () => {
  test.each(FORGED)('%s', async (_name, forge) => {
    const browser = await signedInWithEndedToken();
    const thief = browser.clone();
    oidc.refreshedIdToken = forge;
    const info = await browser.call('GET', '/api/user/info');
    expect([info.status, info.error], info.summary).toEqual([401, 'session_expired']);
    expect(browser.sessionCookie, 'a session cookie').toBeUndefined();
    expect(used(oidc)).not.toContain(oidc.grants.accessTokens.at(-1));
    oidc.behave();
    expect((await thief.call('GET', '/api/user/info')).status).toBe(401);
    expect((await thief.call('GET', '/auth/session')).json).toEqual({ authenticated: false });
    expect(used(oidc)).not.toContain(oidc.grants.accessTokens.at(-1));
  });

  test.each(NO_TOKENS)('%s: nothing that came with it is used', async (_name, forge) => {
    const browser = await signedInWithEndedToken();
    oidc.refreshedIdToken = forge;
    const info = await browser.call('GET', '/api/user/info');
    expect([401, 502, 503], info.summary).toContain(info.status);
    expect(used(oidc)).not.toContain(oidc.grants.accessTokens.at(-1));
  });

  test('another nonce, after a refresh whose ID token had none', async () => {
    const browser = await signedInWithEndedToken();
    expect((await browser.call('GET', '/api/user/info')).status).toBe(200);
    oidc.grants.expireAccessTokens();
    oidc.refreshedIdToken = withClaims({ nonce: 'of another login' });
    const info = await browser.call('GET', '/api/user/info');
    expect([info.status, info.error], info.summary).toEqual([401, 'session_expired']);
  });

  test('and nothing of it stays in Redis', async () => {
    const browser = await signedInWithEndedToken();
    const handles = (await browser.call('GET', '/auth/sessions')).json;
    const current = handles.find((each: { current: boolean }) => each.current).handle;
    oidc.refreshedIdToken = withClaims({ sub: 'user-2' });
    await browser.call('GET', '/api/user/info');
    const left = (await site.redis.dump()).filter(
      ({ key, content }) => key.includes(current) || content.includes(current),
    );
    expect(left).toEqual([]);
  });

  test('20 calls at once: one refresh, and none of them gets anything', async () => {
    const browser = await signedInWithEndedToken();
    const calls = oidc.count('refresh');
    oidc.refreshedIdToken = withClaims({ sub: 'user-2' });
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => browser.clone().call('GET', '/api/user/info')),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([401]));
    expect(oidc.count('refresh')).toBe(calls + 1);
    expect(used(oidc)).not.toContain(oidc.grants.accessTokens.at(-1));
  });
});

describe('S108 a refresh that is right keeps the session', () => {
  const usual: [string, Forge][] = [
    ['with an ID token as it should be', (draft) => draft],
    ['without an ID token', () => undefined],
    ['with the nonce of the login', (draft) => withClaims({ nonce: nonces.at(-1) })(draft)],
    ['with a new sid', withClaims({ sid: 'another-sid' })],
    ['without at_hash', withClaims({ at_hash: undefined })],
    ['with aud as an array of one', (draft) => withClaims({ aud: [draft.claims.aud] })(draft)],
  ];
  const nonces: unknown[] = [];

  test.each(usual)('%s', async (_name, forge) => {
    oidc.idToken = (draft) => {
      nonces.push(draft.claims.nonce);
      return draft;
    };
    const browser = await signedInWithEndedToken();
    oidc.refreshedIdToken = forge;
    for (let count = 0; count < 3; count += 1) {
      oidc.grants.expireAccessTokens();
      expect((await browser.call('GET', '/api/user/info')).status).toBe(200);
      expect(used(oidc).at(-1)).toBe(oidc.grants.accessTokens.at(-1));
    }
    expect(oidc.grants.reuses).toBe(0);
  });

  test('a refresh token that is replaced is the one that is used next', async () => {
    const browser = await signedInWithEndedToken();
    for (let count = 0; count < 3; count += 1) {
      oidc.grants.expireAccessTokens();
      const last = oidc.grants.refreshTokens.at(-1);
      await browser.call('GET', '/api/user/info');
      expect(oidc.of('refresh').at(-1)?.form.get('refresh_token')).toBe(last);
      expect(oidc.grants.refreshTokens.at(-1)).not.toBe(last);
    }
  });

  test('a refresh token that is kept is used again', async () => {
    oidc.grants.rotates = false;
    const browser = await signedInWithEndedToken();
    const last = oidc.grants.refreshTokens.at(-1);
    for (let count = 0; count < 3; count += 1) {
      oidc.grants.expireAccessTokens();
      expect((await browser.call('GET', '/api/user/info')).status).toBe(200);
      expect(oidc.of('refresh').at(-1)?.form.get('refresh_token')).toBe(last);
    }
  });

  test('before the access token ends', async () => {
    oidc.expiresIn = 1;
    const browser = await site.logIn('oidc');
    oidc.expiresIn = HOUR;
    const calls = oidc.count('refresh');
    while (oidc.count('refresh') === calls) {
      expect((await browser.call('GET', '/api/user/info')).status).toBe(200);
      await delay(50);
    }
    expect((await browser.call('GET', '/api/user/info')).status).toBe(200);
    expect(oidc.count('refresh')).toBe(calls + 1);
  });

  test('S43 with an ID token that a new key signed', async () => {
    const { rotating } = site.issuers;
    const browser = await signedInWithEndedToken('rotating');
    rotating.rotate();
    expect((await browser.call('GET', '/api/user/info')).status).toBe(200);
    expect(rotating.grants.reuses).toBe(0);
  });
});

describe('a refresh that the issuer refuses', () => {
  test.each(['invalid_grant', 'interaction_required', 'login_required', 'consent_required'])(
    '%s ends the session',
    async (error) => {
      const browser = await signedInWithEndedToken();
      oidc.always('refresh', json(400, { error }));
      const info = await browser.call('GET', '/api/user/info');
      expect([info.status, info.error]).toEqual([401, 'session_expired']);
    },
  );

  test('an outage does not', async () => {
    const browser = await signedInWithEndedToken();
    oidc.always('refresh', json(503, { error: 'temporarily_unavailable' }));
    expect((await browser.call('GET', '/api/user/info')).status).toBe(503);
    expect((await browser.call('GET', '/auth/session')).json.authenticated).toBe(true);
  });
});

test('the relying party kept to the specifications', () => {
  expect(Object.values(site.issuers).flatMap(({ violations }) => violations)).toEqual([]);
});

describe('keys that cannot be read at the refresh that brings a token of a new one', () => {
  test.each([
    ['a 503', 'away', json(503, {})],
    ['a 404', 'without', json(404, {})],
  ] as const)(
    '%s: the tokens are kept, for the old ones are worthless',
    async (_name, id, answer) => {
      const issuer = site.issuers[id];
      const browser = await signedInWithEndedToken(id);
      issuer.rotate();
      issuer.always('jwks', answer);
      const info = await browser.call('GET', '/api/user/info');
      expect([info.status, issuer.grants.reuses], info.summary).toEqual([200, 0]);
    },
  );

  test('a token of somebody else ends the session all the same', async () => {
    const { forging } = site.issuers;
    const browser = await signedInWithEndedToken('forging');
    forging.rotate();
    forging.always('jwks', json(503, {}));
    forging.refreshedIdToken = withClaims({ sub: 'user-2' });
    const info = await browser.call('GET', '/api/user/info');
    expect([info.status, info.error], info.summary).toEqual([401, 'session_expired']);
  });
});

auditAtTheEnd(() => [site.bff]);
