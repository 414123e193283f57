import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { auditAtTheEnd } from './audit.ts';
import { canary, leaks } from './canaries.ts';
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
import { newSigningKey, sealedBy } from './signing-key.ts';

type Id = 'oidc' | 'bare';

/** What an answer says of somebody else, and nobody may ever see. */
const FOREIGN = canary('FOREIGN');
const elsewhere = new HostileIssuer();
let site: OidcSite<Id>;
let oidc: HostileIssuer;

beforeAll(async () => {
  await elsewhere.open();
  const bare = new HostileIssuer({
    metadata: ({ userinfo_endpoint: _none, ...metadata }) => metadata,
  });
  site = await startOidcSite<Id>(
    { oidc: new HostileIssuer(), bare },
    { PROVIDER_TIMEOUT_MS: '1200' },
  );
  oidc = site.issuers.oidc;
}, 60_000);

afterEach(() => {
  for (const issuer of Object.values(site.issuers)) issuer.behave();
});

afterAll(async () => {
  await site.stop();
  await elsewhere.close();
});

const user = { sub: 'user-1', name: FOREIGN, email: `${FOREIGN}@example.com` };
const signed = () => {
  const seal = sealedBy(newSigningKey('RS256'));
  const input = `e30.${Buffer.from(JSON.stringify(user)).toString('base64url')}`;
  return `${input}.${seal(input)}`;
};

const FAILED = ['server_error'];
const AWAY = ['provider_unavailable'];
const EITHER = [...FAILED, ...AWAY];

/** An answer; the code of a login; status and code of a later call. */
const ANSWERS: [string, Answer, string[], number, string][] = [
  ['another sub', json(200, { ...user, sub: 'user-2' }), FAILED, 502, 'provider_error'],
  ['a sub in capitals', json(200, { ...user, sub: 'USER-1' }), FAILED, 502, 'provider_error'],
  ['a longer sub', json(200, { ...user, sub: 'user-1 ' }), FAILED, 502, 'provider_error'],
  ['no sub', json(200, { ...user, sub: undefined }), FAILED, 502, 'provider_error'],
  ['null for sub', json(200, { ...user, sub: null }), FAILED, 502, 'provider_error'],
  ['an empty sub', json(200, { ...user, sub: '' }), FAILED, 502, 'provider_error'],
  ['a number for sub', json(200, { ...user, sub: 1 }), FAILED, 502, 'provider_error'],
  ['an array for sub', json(200, { ...user, sub: ['user-1'] }), FAILED, 502, 'provider_error'],
  [
    'id in place of sub',
    json(200, { ...user, sub: undefined, id: 'user-1' }),
    FAILED,
    502,
    'provider_error',
  ],
  ['HTML', text(200, 'text/html', `<h1>${FOREIGN}</h1>`), FAILED, 502, 'provider_error'],
  [
    'JSON that says it is HTML',
    text(200, 'text/html', JSON.stringify(user)),
    FAILED,
    502,
    'provider_error',
  ],
  [
    'JSON that says it is text',
    text(200, 'text/plain', JSON.stringify(user)),
    FAILED,
    502,
    'provider_error',
  ],
  ['a JWT', text(200, 'application/jwt', signed()), FAILED, 502, 'provider_error'],
  [
    'a JWT that says it is JSON',
    text(200, 'application/json', signed()),
    FAILED,
    502,
    'provider_error',
  ],
  ['an array', json(200, [user]), FAILED, 502, 'provider_error'],
  ['null', json(200, null), FAILED, 502, 'provider_error'],
  ['a text', json(200, FOREIGN), FAILED, 502, 'provider_error'],
  ['nothing', text(200, 'application/json', ''), FAILED, 502, 'provider_error'],
  ['204', text(204, 'application/json', ''), FAILED, 502, 'provider_error'],
  ['201', json(201, user), FAILED, 502, 'provider_error'],
  [
    'half an object',
    text(200, 'application/json', '{"sub":"user-1","name":"'),
    FAILED,
    502,
    'provider_error',
  ],
  ['enveloped', json(200, { data: user }), FAILED, 502, 'provider_error'],
  ['500', json(500, { error: FOREIGN }), EITHER, 502, 'provider_error'],
  ['403', json(403, { error: 'insufficient_scope' }), FAILED, 403, 'provider_forbidden'],
  ['404', json(404, {}), FAILED, 404, 'not_found'],
  ['64 MB', huge, EITHER, 502, 'provider_error'],
  ['a connection that is reset', reset, AWAY, 503, 'provider_unavailable'],
  ['no answer', hang, AWAY, 504, 'provider_timeout'],
  ['a byte now and then', drip, AWAY, 504, 'provider_timeout'],
];

describe('S36 S42 a user info that is none of this user opens no session', () => {
  test.each(ANSWERS)('%s', async (_name, answer, code) => {
    oidc.always('userinfo', answer);
    await expectRefused(site, 'oidc', { code, userInfoCalls: 1 });
  });

  test('S42 a sub that only the ID token has', async () => {
    oidc.idToken = withClaims({ sub: 'user-2' });
    await expectRefused(site, 'oidc', { userInfoCalls: 1 });
  });
});

describe('S42 a user info that is none of this user is not shown later either', () => {
  test.each(ANSWERS)('%s', async (_name, answer, _code, status, error) => {
    const browser = await site.logIn('oidc');
    oidc.always('userinfo', answer);
    const info = await browser.call('GET', '/api/user/info');
    expect([info.status, info.error], info.summary).toEqual([status, error]);
    expect(leaks(info.body)).toEqual([]);
    oidc.behave();
    const session = await browser.call('GET', '/auth/session');
    expect(session.json).toMatchObject({ authenticated: true, user: { id: 'user-1' } });
    expect((await browser.call('GET', '/api/user/info')).json.id).toBe('user-1');
  });
});

test.each([301, 302, 303, 307, 308])(
  'S46 a redirect %i of userinfo is not followed',
  async (status) => {
    const browser = await site.logIn('oidc');
    for (const target of [`${elsewhere.url}/userinfo`, '/elsewhere']) {
      oidc.always('userinfo', redirectTo(status, target));
      expect((await browser.call('GET', '/api/user/info')).status).toBe(502);
      await expectRefused(site, 'oidc', { userInfoCalls: 1 });
    }
    expect([elsewhere.calls.length, oidc.count('other')]).toEqual([0, 0]);
  },
);

test('S7 of the claims, the standard ones reach the browser and nothing else', async () => {
  const secret = { access_token: FOREIGN, password: FOREIGN, groups: [FOREIGN], __proto: FOREIGN };
  oidc.userInfo = (claims) => ({
    ...{ ...claims, ...secret, address: { formatted: FOREIGN }, phone_number: FOREIGN },
    ...{ given_name: 'Ya-ting', email_verified: true, updated_at: 1, locale: { x: FOREIGN } },
    picture: 'javascript:alert(1)',
  });
  const browser = await site.logIn('oidc');
  const info = await browser.call('GET', '/api/user/info');
  expect(info.json).toEqual({
    ...{ id: 'user-1', username: 'yating', name: 'Lin Ya-ting', given_name: 'Ya-ting' },
    ...{ email: 'user-1@example.com', email_verified: true, updated_at: 1 },
  });
  const session = await browser.call('GET', '/auth/session');
  expect(session.json.user).toEqual({
    ...{ id: 'user-1', username: 'yating', name: 'Lin Ya-ting', email: 'user-1@example.com' },
  });
});

test('the profile scope and its claims: what userinfo says is what the page shows', async () => {
  const picture = 'https://pictures.example.com/yating.png';
  oidc.userInfo = (claims) => ({ ...claims, picture, locale: 'zh-TW', zoneinfo: 'Asia/Taipei' });
  const browser = await site.logIn('oidc');
  expect((await browser.call('GET', '/api/user/info')).json).toMatchObject({
    ...{ avatar_url: picture, locale: 'zh-TW', zoneinfo: 'Asia/Taipei', name: 'Lin Ya-ting' },
  });
});

test('S5 the access token goes to userinfo in the header, and nowhere else', async () => {
  await site.logIn('oidc');
  const [call] = oidc.of('userinfo').slice(-1);
  const token = oidc.grants.accessTokens.at(-1);
  expect(call).toMatchObject({ method: 'GET', url: '/userinfo' });
  expect(call?.headers.authorization).toBe(`Bearer ${token}`);
  expect(call?.headers.cookie).toBeUndefined();
});

test('S99 a query of the page does not reach userinfo, and no other path reaches the issuer', async () => {
  const browser = await site.logIn('oidc');
  const query = 'access_token=x&access_token=y&schema=openid&a=1&b=%26c%3d1&__proto__=1';
  expect((await browser.call('GET', `/api/user/info?${query}`)).status).toBe(200);
  const count = oidc.calls.length;
  for (const path of ['topup', '../provider/x', '../provider/token', 'info/x.css'])
    expect((await browser.call('GET', `/api/user/${path}`)).status).toBe(404);
  for (const path of ['userinfo', 'token', '..%2ftoken', 'https://attacker.example', 'jwks'])
    expect((await browser.call('GET', `/api/provider/${path}`)).status).toBe(404);
  expect(oidc.calls.length).toBe(count);
  expect(oidc.violations).toEqual([]);
});

test('an issuer without userinfo: the ID token says who it is, also later', async () => {
  site.issuers.bare.idToken = withClaims({
    name: 'Lin Ya-ting',
    preferred_username: 'yating',
    secret: 1,
  });
  const browser = await site.logIn('bare');
  const info = await browser.call('GET', '/api/user/info');
  expect([info.status, info.json]).toEqual([
    200,
    { id: 'user-1', username: 'yating', name: 'Lin Ya-ting' },
  ]);
  expect(site.issuers.bare.violations).toEqual([]);
});

const TOKENS: [string, Record<string, unknown>][] = [
  ['no access_token', { access_token: undefined }],
  ['an empty access_token', { access_token: '' }],
  ['an access_token that is an object', { access_token: {} }],
  ['an access_token that breaks the header', { access_token: 'A\r\nX-Evil: 1' }],
  ['no token_type', { token_type: undefined }],
  ['token_type mac', { token_type: 'mac' }],
  ['token_type DPoP', { token_type: 'DPoP' }],
  ['token_type N_A', { token_type: 'N_A' }],
  ['an array as token_type', { token_type: ['Bearer'] }],
  ['no ID token', { id_token: undefined }],
  ['null as ID token', { id_token: null }],
  ['an ID token in an array', { id_token: ['e30.e30.e30'] }],
  ['an error beside the tokens', { error: 'invalid_grant', id_token: undefined }],
];

describe('S45 a token response that is not right makes no session and no call of userinfo', () => {
  test.each(TOKENS)('%s', async (_name, change) => {
    oidc.tokenResponse = (body) => ({ ...body, ...change });
    await expectRefused(site, 'oidc');
  });
});

describe('S45 a token response that is only unusual signs in', () => {
  test.each([
    ['token_type bearer', { token_type: 'bearer' }],
    ['token_type BEARER', { token_type: 'BEARER' }],
    ['token_type bEaReR', { token_type: 'bEaReR' }],
    ['no expires_in', { expires_in: undefined }],
    ['no refresh_token', { refresh_token: undefined }],
    ['unknown members', { not_before_policy: 0, session_state: 'x', custom: { deep: [1] } }],
  ])('%s', async (_name, change) => {
    oidc.tokenResponse = (body) => ({ ...body, ...change });
    const browser = await site.logIn('oidc');
    expect((await browser.call('GET', '/api/user/info')).status).toBe(200);
  });
});

auditAtTheEnd(() => [site.bff]);
