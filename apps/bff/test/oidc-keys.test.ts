import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { auditAtTheEnd } from './audit.ts';
import { Browser } from './browser-jar.ts';
import { type Clock, makeClock } from './clock.ts';
import { withHeader } from './forged-jwt.ts';
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
import { comeBack } from './sign-in.ts';
import { newSigningKey, publicJwk, sealedBy, sealedWith } from './signing-key.ts';

/** What an issuer may publish besides its keys, and a relying party must get by with. */
const BYSTANDERS = [
  { kty: 'unheard-of', kid: 'strange', use: 'sig' },
  { kid: 'without-a-type' },
  { ...publicJwk(newSigningKey('RS256')), use: 'enc' },
  { ...publicJwk(newSigningKey('ES256')), crv: 'P-000' },
  publicJwk(newSigningKey('EdDSA')),
];

const ids = ['steady', 'rotating', 'flooded', 'two-keys', 'crowded', 'nameless', 'odd'] as const;
type Id = (typeof ids)[number] | 'away' | 'parallel';

const elsewhere = new HostileIssuer();
let site: OidcSite<Id>;
let clock: Clock;
let ahead = 0;

beforeAll(async () => {
  clock = makeClock();
  await elsewhere.open();
  const keys = [newSigningKey('RS256'), newSigningKey('RS256')];
  const issuers = { 'two-keys': new HostileIssuer({ keys }) };
  const others = [...ids, 'away', 'parallel'].filter((id) => id !== 'two-keys');
  const all = Object.assign(issuers, ...others.map((id) => ({ [id]: new HostileIssuer() })));
  site = await startOidcSite<Id>(all, { ...clock.env, PROVIDER_TIMEOUT_MS: '1200' });
}, 60_000);

afterEach(() => {
  for (const issuer of Object.values(site.issuers)) issuer.behave();
});

afterAll(async () => {
  await site.stop();
  await elsewhere.close();
  clock.remove();
});

/** Let the clocks of both sides go on. */
function later(seconds: number): void {
  ahead += seconds;
  clock.ahead(ahead);
}

/** The issuer's clock goes with ours. */
function keepingTime(issuer: HostileIssuer): HostileIssuer {
  issuer.clockSkew = ahead;
  return issuer;
}

test('S43 keys are read once, however many log in', async () => {
  const { steady } = site.issuers;
  for (let count = 0; count < 5; count += 1) await site.logIn('steady');
  expect(steady.count('jwks')).toBe(1);
  await Promise.all(Array.from({ length: 10 }, () => site.logIn('parallel')));
  expect(site.issuers.parallel.count('jwks')).toBe(1);
});

test('S43 a new key between two logins: the second one works, without a restart', async () => {
  const { rotating } = site.issuers;
  await site.logIn('rotating');
  rotating.rotate();
  await site.logIn('rotating');
  expect(rotating.count('jwks')).toBe(2);
  later(60);
  keepingTime(rotating).rotate();
  await site.logIn('rotating');
  expect(rotating.count('jwks')).toBe(3);
});

test('S43 what the old key signed is refused once it is published no more', async () => {
  const { rotating } = site.issuers;
  later(60);
  const old = keepingTime(rotating).signer;
  await site.logIn('rotating');
  rotating.rotate();
  await site.logIn('rotating');
  rotating.idToken = (draft) => ({
    ...(withHeader({ kid: old.kid })(draft) as object),
    seal: sealedBy(old),
  });
  await expectRefused(site, 'rotating');
});

test('S43 100 callbacks with random kids cause two requests for keys at most', async () => {
  const flooded = keepingTime(site.issuers.flooded);
  flooded.idToken = (draft) => withHeader({ kid: randomUUID() })(draft);
  const browsers = Array.from({ length: 100 }, () => new Browser(site.bff));
  const answers = await Promise.all(
    browsers.map(async (browser) => comeBack(browser, await site.walk(browser, 'flooded'))),
  );
  expect(new Set(answers.map(({ error }) => error))).toEqual(new Set(['server_error']));
  expect(flooded.count('token')).toBe(100);
  expect(flooded.count('jwks')).toBeLessThanOrEqual(2);
  flooded.behave();
  keepingTime(flooded);
  await site.logIn('flooded');
  expect(flooded.count('jwks')).toBeLessThanOrEqual(2);
  flooded.rotate();
  later(60);
  keepingTime(flooded);
  await site.logIn('flooded');
});

describe('S43 no kid', () => {
  test('with two keys: whichever of them signed, and nobody else', async () => {
    const issuer = keepingTime(site.issuers['two-keys']);
    for (const key of issuer.keys) {
      issuer.idToken = (draft) => ({ ...draft, header: { alg: 'RS256' }, seal: sealedBy(key) });
      await site.logIn('two-keys');
    }
    const stranger = newSigningKey('RS256');
    issuer.idToken = (draft) => ({ ...draft, header: { alg: 'RS256' }, seal: sealedBy(stranger) });
    await expectRefused(site, 'two-keys');
  });

  test('in the keys either', async () => {
    const issuer = keepingTime(site.issuers.nameless);
    issuer.keySet = (keys) => ({ keys: keys.map((key) => ({ ...key, kid: undefined })) });
    issuer.idToken = withHeader({ kid: undefined });
    await site.logIn('nameless');
    const stranger = newSigningKey('RS256');
    issuer.idToken = (draft) => ({ ...draft, header: { alg: 'RS256' }, seal: sealedBy(stranger) });
    await expectRefused(site, 'nameless');
  });
});

test('S43 keys of other kinds and for other uses do not stand in the way, and sign nothing', async () => {
  const issuer = keepingTime(site.issuers.crowded);
  const secret = Buffer.from('a secret that stands in the key set of the issuer itself');
  const oct = { kty: 'oct', kid: 'shared', alg: 'HS256', k: secret.toString('base64url') };
  const forEncryption = newSigningKey('RS256');
  issuer.keySet = (keys) => ({
    keys: [...BYSTANDERS, oct, { ...publicJwk(forEncryption), use: 'enc' }, ...keys],
  });
  await site.logIn('crowded');
  issuer.idToken = (draft) => ({
    ...draft,
    header: { alg: 'HS256', kid: 'shared' },
    seal: sealedWith(secret),
  });
  await expectRefused(site, 'crowded');
  issuer.idToken = (draft) => ({
    ...draft,
    header: { alg: 'RS256', kid: forEncryption.kid },
    seal: sealedBy(forEncryption),
  });
  await expectRefused(site, 'crowded');
});

const FAILED = ['server_error'];
const AWAY = ['provider_unavailable'];
const EITHER = [...FAILED, ...AWAY];

const NO_KEYS: [string, Answer, string[]][] = [
  ['500', json(500, { error: 'x' }), EITHER],
  ['503 HTML', text(503, 'text/html', '<h1>later</h1>'), EITHER],
  ['404', json(404, {}), FAILED],
  ['HTML', text(200, 'text/html', '<h1>Welcome</h1>'), FAILED],
  ['nothing', text(200, 'application/json', ''), FAILED],
  ['204', text(204, 'application/json', ''), FAILED],
  ['null', json(200, null), FAILED],
  ['an array', json(200, [publicJwk(newSigningKey('RS256'))]), FAILED],
  ['keys that are no array', json(200, { keys: {} }), FAILED],
  ['keys that are no objects', json(200, { keys: [5, null, 'x'] }), FAILED],
  ['no keys', json(200, { keys: [] }), FAILED],
  ['half an object', text(200, 'application/json', '{"keys":[{"kty":"RSA"'), FAILED],
  ['64 MB', huge, EITHER],
  ['a connection that is reset', reset, EITHER],
  ['no answer', hang, AWAY],
  ['a byte now and then', drip, AWAY],
];

describe('S36 S43 S47 S48 without keys nobody logs in, and with them again, without a restart', () => {
  test.each(NO_KEYS)('%s', async (_name, answer, code) => {
    later(60);
    const odd = keepingTime(site.issuers.odd);
    const calls = odd.count('jwks');
    odd.always('jwks', answer);
    await expectRefused(site, 'odd', { code });
    expect(odd.count('jwks')).toBeGreaterThan(calls);
  });

  test.each([301, 302, 307, 308])('S46 a redirect %i is not followed', async (status) => {
    const { odd } = site.issuers;
    const calls = odd.count('jwks');
    for (const target of [`${elsewhere.url}/jwks`, '/other-keys']) {
      later(60);
      keepingTime(odd).always('jwks', redirectTo(status, target));
      await expectRefused(site, 'odd', { code: FAILED });
    }
    expect(odd.count('jwks')).toBe(calls + 2);
    expect(elsewhere.calls).toEqual([]);
    expect(odd.count('other')).toBe(0);
  });

  test('then they are there again', async () => {
    later(60);
    keepingTime(site.issuers.odd);
    await site.logIn('odd');
  });
});

test('S43 an outage of the keys after they were read stops no login, for an hour', async () => {
  const away = keepingTime(site.issuers.away);
  await site.logIn('away');
  away.always('jwks', json(503, {}));
  await site.logIn('away');
  later(30 * 60);
  keepingTime(away);
  await site.logIn('away');
  const other = newSigningKey('RS256');
  away.idToken = (draft) => ({
    ...draft,
    header: { alg: 'RS256', kid: other.kid },
    seal: sealedBy(other),
  });
  await expectRefused(site, 'away', { code: EITHER });
});

test('S43 keys that nobody could read again for long are used no more', async () => {
  const away = keepingTime(site.issuers.away);
  later(60);
  keepingTime(away);
  await site.logIn('away');
  away.always('jwks', json(503, {}));
  later(2 * 3600);
  keepingTime(away);
  await expectRefused(site, 'away', { code: EITHER });
});

test('the relying party kept to the specifications', () => {
  expect(Object.values(site.issuers).flatMap(({ violations }) => violations)).toEqual([]);
});

auditAtTheEnd(() => [site.bff]);
