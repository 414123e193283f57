import { createPublicKey } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { auditAtTheEnd } from './audit.ts';
import { Browser } from './browser-jar.ts';
import { type Draft, decodeJwt, type Forge, withClaims, withHeader } from './forged-jwt.ts';
import { HostileIssuer, leftHalf } from './hostile-issuer.ts';
import { type OidcSite, startOidcSite } from './oidc-site.ts';
import { expectRefused } from './refused-login.ts';
import { comeBack } from './sign-in.ts';
import {
  newSigningKey,
  privateJwk,
  publicJwk,
  type SigningAlgorithm,
  sealedBy,
  sealedWith,
} from './signing-key.ts';

const ALGORITHMS = ['RS256', 'RS512', 'PS256', 'ES256', 'EdDSA'] as const;
type Id = Lowercase<SigningAlgorithm> | 'trusting';
const idOf = (alg: SigningAlgorithm) => alg.toLowerCase() as Lowercase<SigningAlgorithm>;

const attacker = newSigningKey('RS256');
/** Where keys of the attacker are; nobody may ever look. */
const attackersSite = new HostileIssuer({ keys: [attacker] });
let site: OidcSite<Id>;
let issuer: HostileIssuer;

beforeAll(async () => {
  await attackersSite.open();
  const issuers = ALGORITHMS.map((alg) => {
    const keys = [newSigningKey(alg)];
    return [idOf(alg), new HostileIssuer({ keys })] as const;
  });
  const all = Object.fromEntries([...issuers, ['trusting', new HostileIssuer()]]) as Record<
    Id,
    HostileIssuer
  >;
  site = await startOidcSite<Id>(all, {
    OAUTH_TRUSTING_TRUSTED_AUDIENCES: 'https://api.example.com second-app',
  });
  issuer = site.issuers.rs256;
}, 60_000);

afterEach(() => issuer.behave());

afterAll(async () => {
  await site.stop();
  await attackersSite.close();
});

const MINUTE = 60;
const HOUR = 60 * MINUTE;

/** Move times, by the claims as they would be. */
function moved(times: Record<string, number>): Forge {
  return (draft) => {
    const { iat } = draft.claims as { iat: number };
    const at = Object.entries(times).map(([name, seconds]) => [name, iat + seconds]);
    return { ...draft, claims: { ...draft.claims, ...Object.fromEntries(at) } };
  };
}

const sealedAs =
  (change: (draft: Draft) => Partial<Draft>): Forge =>
  (draft) => ({ ...draft, ...change(draft) });

const byAttacker = (header: Record<string, unknown>): Forge =>
  sealedAs((draft) => ({ header: { ...draft.header, ...header }, seal: sealedBy(attacker) }));

const hmac = (secret: () => string | Buffer, bits = 256): Forge =>
  sealedAs((draft) => ({
    header: { ...draft.header, alg: `HS${bits}` },
    seal: sealedWith(secret(), bits),
  }));

const publicKey = () => createPublicKey(issuer.signer.privateKey);
const pem = (type: 'spki' | 'pkcs1') => () =>
  publicKey().export({ type, format: 'pem' }).toString();

const unsigned =
  (alg: string): Forge =>
  (draft) => ({ ...draft, header: { ...draft.header, alg }, seal: () => '' });

const claim = (name: string, value: unknown): Forge => withClaims({ [name]: value });

const SIGNATURES: [string, Forge][] = [
  ['alg none, without a signature', unsigned('none')],
  ['alg None', unsigned('None')],
  ['alg nOnE', unsigned('nOnE')],
  ['no alg', sealedAs(({ header }) => ({ header: { ...header, alg: undefined } }))],
  ['alg none, with the true signature', withHeader({ alg: 'none' })],
  ['alg none and no kid', sealedAs(() => ({ header: { alg: 'none' }, seal: () => '' }))],
  ['HS256 with the client secret', hmac(() => issuer.clientSecret)],
  ['HS512 with the client secret', hmac(() => issuer.clientSecret, 512)],
  ['HS256 with the public key as SPKI', hmac(pem('spki'))],
  ['HS256 with the public key as PKCS #1', hmac(pem('pkcs1'))],
  [
    'HS256 with the public key as DER',
    hmac(() => publicKey().export({ type: 'spki', format: 'der' })),
  ],
  ['HS256 with the public key as a JWK', hmac(() => JSON.stringify(publicJwk(issuer.signer)))],
  ['HS256 with an empty secret', hmac(() => '')],
  ['another key under the kid of ours', byAttacker({})],
  ['an unknown kid', byAttacker({ kid: attacker.kid })],
  ['no signature', sealedAs(() => ({ seal: () => '' }))],
  [
    'a signature of zeros',
    sealedAs(() => ({ seal: () => Buffer.alloc(256).toString('base64url') })),
  ],
  ['the signature of another token', sealedAs(({ seal }) => ({ seal: () => seal('another') }))],
  ['RS256 that says RS512', withHeader({ alg: 'RS512' })],
  ['RS256 that says PS256', withHeader({ alg: 'PS256' })],
  ['RS256 that says ES256', withHeader({ alg: 'ES256' })],
  ['an extension that is critical and unknown', withHeader({ crit: ['exotic'], exotic: true })],
  ['an unencoded payload', withHeader({ crit: ['b64'], b64: false })],
  ['RSA1_5 as alg', withHeader({ alg: 'RSA1_5' })],
  ['an array as alg', withHeader({ alg: ['RS256'] })],
];

const ISSUERS: [string, Forge][] = [
  ['another', claim('iss', 'https://attacker.example')],
  ['none', claim('iss', undefined)],
  ['with a slash more', (draft) => withClaims({ iss: `${draft.claims.iss}/` })(draft)],
  ['in capitals', (draft) => withClaims({ iss: String(draft.claims.iss).toUpperCase() })(draft)],
  ['a name of the same host', (draft) => withClaims({ iss: `${draft.claims.iss}/other` })(draft)],
  ['in an array', (draft) => withClaims({ iss: [draft.claims.iss] })(draft)],
  ['with others', (draft) => withClaims({ iss: [draft.claims.iss, 'https://a.example'] })(draft)],
  ['null', claim('iss', null)],
  ['empty', claim('iss', '')],
];

const AUDIENCES: [string, Forge][] = [
  ['another client', claim('aud', 'another-client')],
  ['none', claim('aud', undefined)],
  ['null', claim('aud', null)],
  ['empty', claim('aud', '')],
  ['an empty array', claim('aud', [])],
  ['an object', (draft) => withClaims({ aud: { [String(draft.claims.aud)]: true } })(draft)],
  ['longer', (draft) => withClaims({ aud: `${draft.claims.aud}2` })(draft)],
  ['shorter', (draft) => withClaims({ aud: String(draft.claims.aud).slice(0, -1) })(draft)],
  ['in capitals', (draft) => withClaims({ aud: String(draft.claims.aud).toUpperCase() })(draft)],
  ['the issuer', (draft) => withClaims({ aud: draft.claims.iss })(draft)],
  ['several, without azp', (draft) => withClaims({ aud: [draft.claims.aud, 'other'] })(draft)],
  [
    'several, with our azp: the other one is nobody we trust',
    (draft) => withClaims({ aud: ['other', draft.claims.aud], azp: draft.claims.aud })(draft),
  ],
  [
    'several, with the azp of the other',
    (draft) => withClaims({ aud: [draft.claims.aud, 'other'], azp: 'other' })(draft),
  ],
  ['ours, with the azp of another', claim('azp', 'other')],
  ['ours, with an empty azp', claim('azp', '')],
  ['ours, with null as azp', claim('azp', null)],
  ['ours, with an array as azp', (draft) => withClaims({ azp: [draft.claims.aud] })(draft)],
];

const SUBJECTS: [string, Forge][] = [
  ['none', claim('sub', undefined)],
  ['null', claim('sub', null)],
  ['empty', claim('sub', '')],
  ['a number', claim('sub', 7)],
  ['an array', claim('sub', ['user-1'])],
  ['an object', claim('sub', { id: 'user-1' })],
  ['256 characters', claim('sub', 'x'.repeat(256))],
];

const TIMES: [string, Forge][] = [
  ['no iat', claim('iat', undefined)],
  ['no exp', claim('exp', undefined)],
  ['expired an hour ago', moved({ iat: -2 * HOUR, exp: -HOUR })],
  ['expired, but issued now', moved({ exp: -5 * MINUTE })],
  ['exp beyond the leeway', moved({ iat: -4 * MINUTE, exp: -210 })],
  ['issued in an hour', moved({ iat: HOUR, exp: 2 * HOUR })],
  ['issued in ten minutes', moved({ iat: 10 * MINUTE, exp: 70 * MINUTE })],
  ['iat beyond the leeway', moved({ iat: 240 })],
  ['issued a week ago', moved({ iat: -7 * 24 * HOUR })],
  ['issued ten minutes ago', moved({ iat: -10 * MINUTE })],
  ['not before ten minutes', moved({ nbf: 10 * MINUTE })],
  ['nbf as text', claim('nbf', 'now')],
  ['exp of 1e300', claim('exp', 'raw:1e300')],
  ['exp of 1e400', claim('exp', 'raw:1e400')],
  ['exp as text', claim('exp', '9999999999')],
  ['exp of "123"', claim('exp', '123')],
  ['exp of -1', claim('exp', -1)],
  ['exp of 0', claim('exp', 0)],
  ['exp of null', claim('exp', null)],
  ['exp of true', claim('exp', true)],
  ['exp as an object', claim('exp', {})],
  ['iat as text', claim('iat', 'now')],
  ['iat of -1', claim('iat', -1)],
  ['iat of null', claim('iat', null)],
  ['iat of 1e300', claim('iat', 'raw:1e300')],
];

const NONCES: [string, Forge][] = [
  ['another', claim('nonce', 'the-nonce-of-another-login')],
  ['none', claim('nonce', undefined)],
  ['empty', claim('nonce', '')],
  ['null', claim('nonce', null)],
  ['in an array', (draft) => withClaims({ nonce: [draft.claims.nonce] })(draft)],
  ['shorter', (draft) => withClaims({ nonce: String(draft.claims.nonce).slice(0, -1) })(draft)],
  [
    'in capitals',
    (draft) => withClaims({ nonce: String(draft.claims.nonce).toUpperCase() })(draft),
  ],
];

const HASHES: [string, Forge][] = [
  ['of another token', claim('at_hash', leftHalf('another', 'RS256'))],
  ['empty', claim('at_hash', '')],
  ['null', claim('at_hash', null)],
  ['a number', claim('at_hash', 5)],
  ['in an array', (draft) => withClaims({ at_hash: [draft.claims.at_hash] })(draft)],
  ['of the other half', (draft) => withClaims({ at_hash: `${draft.claims.at_hash}x` })(draft)],
];

const KEY_HINTS: [string, (kid: string) => Record<string, unknown>][] = [
  ['jku', () => ({ jku: `${attackersSite.url}/jwks` })],
  ['jwk', () => ({ jwk: publicJwk(attacker) })],
  ['a private jwk', () => ({ jwk: privateJwk(attacker) })],
  ['x5u', () => ({ x5u: `${attackersSite.url}/certificate` })],
  ['x5c', () => ({ x5c: [Buffer.from('certificate').toString('base64')] })],
  ['kid as an address', () => ({ kid: `${attackersSite.url}/jwks` })],
  ['kid as a path', () => ({ kid: '../../../dev/null' })],
  ['kid as an object', () => ({ kid: { $ne: null } })],
  ['kid of nobody', () => ({ kid: '__proto__' })],
];

const SHAPES: [string, Forge][] = [
  ['no ID token', () => undefined],
  ['null', () => null],
  ['empty', () => ''],
  ['a number', () => 5],
  ['an object', ({ claims }) => claims],
  ['claims without a signature', ({ claims }) => JSON.stringify(claims)],
  ['two parts', () => 'e30.e30'],
  ['five parts', () => 'e30.e30.e30.e30.e30'],
  ['dots', () => '..'],
  ['a header that is no JSON', ({ seal }) => `AAAA.e30.${seal('AAAA.e30')}`],
  ['claims that are an array', (draft) => ({ ...draft, claims: [draft.claims] as never })],
  ['an access token', () => issuer.grants.accessTokens.at(-1)],
  ['a logout token', () => issuer.logoutToken({ sub: 'user-1', sid: 'sid-1' })],
];

describe('S36 an ID token that is not right makes no session and no call of userinfo', () => {
  describe.each([
    ['S38 signature', SIGNATURES],
    ['S39 iss', ISSUERS],
    ['S39 aud and azp', AUDIENCES],
    ['S39 sub', SUBJECTS],
    ['S40 times', TIMES],
    ['S18 nonce', NONCES],
    ['S39 at_hash', HASHES],
    ['S45 shape', SHAPES],
  ])('%s', (_what, rows) => {
    test.each(rows)('%s', async (_name, forge) => {
      issuer.idToken = forge;
      await expectRefused(site, 'rs256');
    });
  });

  test('S18 the nonce of another attempt of the same browser', async () => {
    const browser = new Browser(site.bff);
    const nonces: unknown[] = [];
    issuer.idToken = (draft) => {
      nonces.push(draft.claims.nonce);
      return withClaims({ nonce: nonces[0] })(draft);
    };
    const [first, second] = [await site.walk(browser, 'rs256'), await site.walk(browser, 'rs256')];
    expect((await comeBack(browser, first)).location).toBe('/?login=success');
    const session = browser.sessionCookie?.value;
    const calls = issuer.count('userinfo');
    expect((await comeBack(browser, second)).error).toBe('server_error');
    expect(new Set(nonces).size).toBe(2);
    expect(issuer.count('userinfo')).toBe(calls);
    expect(browser.sessionCookie?.value, 'the session that there was').toBe(session);
  });

  test('S38 the ID token of another user, signed for us, with a nonce changed after', async () => {
    const browser = await site.logIn('rs256');
    await browser.call('POST', '/auth/logout');
    const old = issuer.idTokens.at(-1) ?? '';
    issuer.idToken = () => old;
    await expectRefused(site, 'rs256');
    issuer.idToken = (draft) => ({ ...draft, seal: () => old.split('.')[2] ?? '' });
    await expectRefused(site, 'rs256');
  });
});

describe('S44 keys that a token brings along are nobody’s', () => {
  test.each(KEY_HINTS)('%s of an attacker who signed', async (_name, hint) => {
    issuer.idToken = byAttacker({ kid: attacker.kid, ...hint(attacker.kid) });
    await expectRefused(site, 'rs256');
    issuer.idToken = byAttacker({ kid: undefined, ...hint(attacker.kid) });
    await expectRefused(site, 'rs256');
    expect(attackersSite.calls).toEqual([]);
  });

  test.each(KEY_HINTS.slice(0, 4))(
    '%s in a token of the issuer is not looked at',
    async (_name, hint) => {
      issuer.idToken = withHeader(hint(''));
      await site.logIn('rs256');
      expect(attackersSite.calls).toEqual([]);
    },
  );
});

describe('S38 every algorithm of an issuer: its own signature is good, another is not', () => {
  test.each(ALGORITHMS)('%s', async (alg) => {
    const id = idOf(alg);
    const own = site.issuers[id];
    await site.logIn(id);
    expect(decodeJwt(own.idTokens.at(-1) ?? '').header.alg).toBe(alg);
    const other = newSigningKey(alg);
    own.idToken = (draft) => ({ ...draft, seal: sealedBy(other) });
    await expectRefused(site, id);
    own.idToken = (draft) => ({ ...draft, seal: () => draft.seal('another token') });
    await expectRefused(site, id);
    own.idToken = withClaims({ at_hash: leftHalf('another', alg) });
    await expectRefused(site, id);
    own.behave();
    expect(own.violations).toEqual([]);
  });
});

describe('S36 an ID token that is only unusual still signs in', () => {
  const usual: [string, Forge][] = [
    ['as it should be', (draft) => draft],
    ['S39 aud as an array of one', (draft) => withClaims({ aud: [draft.claims.aud] })(draft)],
    ['S39 azp of ours', (draft) => withClaims({ azp: draft.claims.aud })(draft)],
    ['S39 no at_hash', claim('at_hash', undefined)],
    ['S43 no kid, where there is one key', withHeader({ kid: undefined })],
    ['no typ', withHeader({ typ: undefined })],
    [
      'S40 times with fractions',
      (draft) => withClaims({ iat: Number(draft.claims.iat) - 0.5 })(draft),
    ],
    ['S40 expired within the leeway', moved({ iat: -3 * MINUTE, exp: -150 + 30 })],
    ['S40 issued within the leeway', moved({ iat: 2 * MINUTE })],
    ['S40 not before long ago', moved({ nbf: -HOUR })],
    ['S39 a sub of 255 characters', (draft) => draft],
    [
      'other claims',
      withClaims({ acr: '1', amr: ['pwd'], auth_time: 5, constructor: 'x', __proto: {} }),
    ],
    ['many claims', withClaims({ groups: Array.from({ length: 200 }, (_, at) => `group-${at}`) })],
  ];
  test.each(usual)('%s', async (name, forge) => {
    issuer.idToken = forge;
    const browser = await site.logIn('rs256', name.includes('255') ? { sub: 'x'.repeat(255) } : {});
    expect((await browser.call('GET', '/api/user/info')).status).toBe(200);
  });
});

describe('S40 the clock of the issuer', () => {
  test.each([-120, 120])('%i seconds off logs in', async (seconds) => {
    issuer.clockSkew = seconds;
    await site.logIn('rs256');
  });

  test.each([-600, 600])('%i seconds off does not', async (seconds) => {
    issuer.clockSkew = seconds;
    await expectRefused(site, 'rs256');
  });
});

describe('S39 audiences that a setting trusts', () => {
  const withAudiences = (azp: unknown, ...others: string[]): Forge => {
    return (draft) => withClaims({ aud: [draft.claims.aud, ...others], azp })(draft);
  };
  const ours = () => site.issuers.trusting.clientId;
  afterEach(() => site.issuers.trusting.behave());

  test('may stand beside us, where azp is us', async () => {
    const { trusting } = site.issuers;
    for (const others of [['https://api.example.com'], ['second-app', 'https://api.example.com']]) {
      trusting.idToken = withAudiences(ours(), ...others);
      await site.logIn('trusting');
    }
  });

  test.each<[string, () => Forge]>([
    ['without azp', () => withAudiences(undefined, 'second-app')],
    ['with the azp of the other', () => withAudiences('second-app', 'second-app')],
    ['with one that is not trusted', () => withAudiences(ours(), 'second-app', 'third-app')],
    ['with one that looks like it', () => withAudiences(ours(), 'https://api.example.com/')],
    ['without us', () => withClaims({ aud: ['second-app'], azp: ours() })],
    ['alone', () => withClaims({ aud: 'second-app' })],
    ['alone, in the name of us', () => withClaims({ aud: 'second-app', azp: ours() })],
  ])('not %s', async (_name, forge) => {
    site.issuers.trusting.idToken = forge();
    await expectRefused(site, 'trusting');
  });
});

test('the relying party kept to the specifications', () => {
  expect(issuer.violations).toEqual([]);
  expect(issuer.count('jwks'), 'requests for keys, in all of this').toBeLessThanOrEqual(2);
});

auditAtTheEnd(() => [site.bff]);
