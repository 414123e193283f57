import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { auditAtTheEnd } from './audit.ts';
import { Browser } from './browser-jar.ts';
import { HostileIssuer } from './hostile-issuer.ts';
import { type OidcSite, startOidcSite } from './oidc-site.ts';
import { json } from './provider-answers.ts';
import { comeBack } from './sign-in.ts';

type Id = 'oidc' | 'lasting' | 'plain' | 'without';

let site: OidcSite<Id>;

beforeAll(async () => {
  const issuers = {
    oidc: new HostileIssuer(),
    lasting: new HostileIssuer(),
    plain: new HostileIssuer({
      metadata: (metadata) => ({ ...metadata, code_challenge_methods_supported: ['plain'] }),
    }),
    without: new HostileIssuer(),
  };
  site = await startOidcSite<Id>(issuers, {
    OAUTH_LASTING_SCOPE: 'openid offline_access email',
    OAUTH_WITHOUT_PKCE: 'off',
  });
}, 60_000);

afterEach(() => {
  for (const issuer of Object.values(site.issuers)) issuer.behave();
});

afterAll(() => site.stop());

async function parametersOf(id: Id, query = ''): Promise<URLSearchParams> {
  const start = `/auth/oauth/start?provider=${id}${query}`;
  const { location } = await new Browser(site.bff).open(start);
  expect(location.startsWith(`${site.issuers[id].url}/authorize?`)).toBe(true);
  return new URL(location).searchParams;
}

test('S4 S9 S18 a start asks for a code, with state, nonce and challenge, each once', async () => {
  const parameters = await parametersOf('oidc');
  const { clientId, redirectUri } = site.issuers.oidc;
  expect([...parameters.keys()].sort()).toEqual([
    'client_id',
    'code_challenge',
    'code_challenge_method',
    'nonce',
    'redirect_uri',
    'response_type',
    'scope',
    'state',
  ]);
  expect(Object.fromEntries(parameters)).toMatchObject({
    client_id: clientId,
    redirect_uri: redirectUri,
    response_type: 'code',
    scope: 'openid profile email',
    code_challenge_method: 'S256',
  });
});

test('S9 S11 S18 1,000 starts: no value twice, each of 256 bits', async () => {
  const seen = { state: new Set(), nonce: new Set(), code_challenge: new Set() };
  for (let round = 0; round < 20; round += 1) {
    const starts = await Promise.all(Array.from({ length: 50 }, () => parametersOf('oidc')));
    for (const parameters of starts) {
      for (const [name, values] of Object.entries(seen)) {
        expect(parameters.get(name)).toMatch(/^[\w-]{43}$/);
        values.add(parameters.get(name));
      }
    }
  }
  expect(Object.values(seen).map(({ size }) => size)).toEqual([1000, 1000, 1000]);
  const all = [...Object.values(seen)].flatMap((values) => [...values]);
  expect(new Set(all).size, 'one for two purposes').toBe(3000);
});

test('S9 the verifier that comes with the code is the one of the challenge, and fresh', async () => {
  const { oidc } = site.issuers;
  for (let count = 0; count < 5; count += 1) await site.logIn('oidc');
  const verifiers = oidc.of('token').map(({ form }) => form.get('code_verifier') ?? '');
  expect(verifiers.every((verifier) => /^[\w.~-]{43,128}$/.test(verifier))).toBe(true);
  expect(new Set(verifiers).size).toBe(verifiers.length);
  expect(
    oidc.of('token').every(({ form }) => form.get('grant_type') === 'authorization_code'),
  ).toBe(true);
});

describe('S10 PKCE is not given up', () => {
  test('by an issuer that says it knows only plain', async () => {
    const parameters = await parametersOf('plain');
    expect(parameters.get('code_challenge_method')).toBe('S256');
    await site.logIn('plain');
  });

  test('by one that refuses a challenge', async () => {
    const browser = new Browser(site.bff);
    const error = 'invalid_request';
    const back = await comeBack(browser, await site.walk(browser, 'plain', { error }));
    expect(back.location).toBe('/?error=invalid_request');
    expect((await parametersOf('plain')).get('code_challenge_method')).toBe('S256');
  });

  test('but by the setting, and then the nonce protects the code', async () => {
    const parameters = await parametersOf('without');
    expect(parameters.has('code_challenge')).toBe(false);
    expect(parameters.get('nonce')).toMatch(/^[\w-]{43}$/);
    await site.logIn('without');
    const [call] = site.issuers.without.of('token');
    expect(call?.form.has('code_verifier')).toBe(false);
  });
});

describe('S19 a code that somebody else got opens no session', () => {
  test.each([
    ['an issuer that binds it to the verifier', 'oidc', true],
    ['one that ignores the verifier: the nonce tells', 'oidc', false],
    ['one without PKCE: the nonce tells', 'without', false],
  ] as const)('%s', async (_name, id, checksPkce) => {
    const issuer = site.issuers[id];
    issuer.grants.checksPkce = checksPkce;
    const [victim, attacker] = [new Browser(site.bff), new Browser(site.bff)];
    const stolen = new URL(await site.walk(victim, id, { sub: 'victim' }), site.bff.origin);
    const own = new URL(await site.walk(attacker, id, { sub: 'attacker' }), site.bff.origin);
    own.searchParams.set('code', stolen.searchParams.get('code') ?? '');
    const calls = issuer.count('userinfo');
    const back = await comeBack(attacker, own.pathname + own.search);
    expect(back.location).toBe('/?error=server_error');
    expect(attacker.sessionCookie).toBeUndefined();
    expect(issuer.count('userinfo')).toBe(calls);
    const later = await comeBack(victim, stolen.pathname + stolen.search);
    expect(later.location).toBe('/?error=server_error');
    expect(victim.sessionCookie).toBeUndefined();
  });

  test('a session that the attacker had is neither lost nor another’s', async () => {
    const attacker = await site.logIn('oidc', { sub: 'attacker' });
    const stolen = new URL(await site.walk(new Browser(site.bff), 'oidc'), site.bff.origin);
    const own = new URL(await site.walk(attacker, 'oidc'), site.bff.origin);
    own.searchParams.set('code', stolen.searchParams.get('code') ?? '');
    await comeBack(attacker, own.pathname + own.search);
    expect((await attacker.call('GET', '/api/user/info')).json.id).toBe('attacker');
  });
});

test('S20 parameters of the protocol in the query of a start change nothing', async () => {
  const { redirectUri, clientId } = site.issuers.oidc;
  const query = [
    ...['scope=admin', 'redirect_uri=https://attacker.example', 'client_id=z', 'nonce=fixed'],
    ...['state=fixed', 'code_challenge=fixed', 'code_challenge_method=plain', 'prompt=none'],
    ...['response_mode=fragment', 'max_age=0', 'request=e30.e30.', 'request_uri=urn:x', 'iss=x'],
    'return_to=%2Fx%26scope%3Dadmin%23',
  ].join('&');
  const parameters = await parametersOf('oidc', `&${query}`);
  expect([...parameters.keys()].length).toBe(8);
  expect(Object.fromEntries(parameters)).toMatchObject({
    ...{ scope: 'openid profile email', redirect_uri: redirectUri, client_id: clientId },
    code_challenge_method: 'S256',
  });
  expect([...parameters.values()]).not.toContain('fixed');
});

describe('offline_access in the scope', () => {
  test('asks for consent, and brings a refresh token that is used', async () => {
    const parameters = await parametersOf('lasting');
    expect(parameters.get('scope')).toBe('openid offline_access email');
    expect(parameters.get('prompt')).toBe('consent');
    const { lasting } = site.issuers;
    const browser = await site.logIn('lasting');
    lasting.grants.expireAccessTokens();
    expect((await browser.call('GET', '/api/user/info')).status).toBe(200);
    expect(lasting.count('refresh')).toBe(1);
  });

  test('without it nobody is asked again', async () => {
    expect((await parametersOf('oidc')).has('prompt')).toBe(false);
  });
});

test('S8 a narrower scope than was asked for signs in, with what there is', async () => {
  const { oidc } = site.issuers;
  oidc.tokenResponse = (body) => ({ ...body, scope: 'openid' });
  oidc.userInfo = ({ sub }) => ({ sub });
  const browser = await site.logIn('oidc');
  expect((await browser.call('GET', '/api/user/info')).json).toEqual({ id: 'user-1' });
});

test('S33 an error of the provider is told by its registered name or as provider_error', async () => {
  for (const [error, told] of [
    ['access_denied', 'access_denied'],
    ['login_required', 'login_required'],
    ['temporarily_unavailable', 'temporarily_unavailable'],
    ['<script>alert(1)</script>', 'provider_error'],
    ['invalid_state', 'provider_error'],
  ] as const) {
    const browser = new Browser(site.bff);
    const back = await comeBack(browser, await site.walk(browser, 'oidc', { error }));
    expect(back.location).toBe(`/?error=${told}`);
  }
});

test('S4 tokens in the query of the callback are no login', async () => {
  const browser = new Browser(site.bff);
  const path = await site.walk(browser, 'oidc', { error: 'access_denied' });
  const { searchParams } = new URL(path, site.bff.origin);
  const state = searchParams.get('state');
  const iss = encodeURIComponent(site.issuers.oidc.url);
  const query = `state=${state}&iss=${iss}&access_token=x&id_token=e30.e30.&token_type=Bearer`;
  const back = await comeBack(browser, `/oauth/callback?${query}`);
  expect(back.location).toBe('/?error=missing_parameters');
  expect(browser.sessionCookie).toBeUndefined();
});

test('S3 a token endpoint that does not know us is asked once, and not again without the secret', async () => {
  const { oidc } = site.issuers;
  oidc.always('token', json(401, { error: 'invalid_client' }));
  const browser = new Browser(site.bff);
  const calls = oidc.count('token');
  const back = await comeBack(browser, await site.walk(browser, 'oidc'));
  expect(back.location).toBe('/?error=server_error');
  expect(oidc.count('token')).toBe(calls + 1);
});

test('the relying party kept to the specifications', () => {
  expect(Object.values(site.issuers).flatMap(({ violations }) => violations)).toEqual([]);
});

auditAtTheEnd(() => [site.bff]);
