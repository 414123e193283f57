import * as client from 'openid-client';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Emulator, startEmulator } from '../src/emulator.ts';
import { Browser } from './browser.ts';
import { WEICHEN } from './demo-users.ts';
import { jwks, privateKeyJwt } from './private-key-jwt.ts';
import { partsOf, RelyingParty } from './relying-party.ts';

let emulator: Emulator;
let oidc: Emulator['personas']['oidc'];
let party: RelyingParty;
beforeAll(async () => {
  emulator = await startEmulator();
  oidc = emulator.personas.oidc;
  party = await RelyingParty.register(oidc);
});
afterAll(() => emulator.close());
beforeEach(() => oidc.control.reset());

describe('discovery', () => {
  test('the issuer is the base URL, and every endpoint is below it', () => {
    const metadata = party.config.serverMetadata();
    expect(metadata.issuer).toBe(oidc.baseUrl);
    for (const endpoint of [
      'authorization_endpoint',
      'pushed_authorization_request_endpoint',
      'token_endpoint',
      'userinfo_endpoint',
      'jwks_uri',
      'revocation_endpoint',
      'end_session_endpoint',
    ] as const) {
      expect(metadata[endpoint]).toMatch(new RegExp(`^${oidc.baseUrl}/\\w+$`));
    }
    expect(metadata).toMatchObject({
      code_challenge_methods_supported: ['S256'],
      authorization_response_iss_parameter_supported: true,
      backchannel_logout_supported: true,
      backchannel_logout_session_supported: true,
      token_endpoint_auth_methods_supported: [
        'client_secret_basic',
        'client_secret_post',
        'private_key_jwt',
      ],
    });
  });

  test('it says the same under another name of this server', async () => {
    const url = new URL(`${oidc.baseUrl}/.well-known/openid-configuration`);
    url.hostname = 'localhost';
    const metadata = (await (await fetch(url)).json()) as Record<string, string>;
    expect(metadata.issuer).toBe(oidc.baseUrl);
    expect(metadata.token_endpoint).toBe(`${oidc.baseUrl}/token`);
  });

  test('no private key is in the JWKS', async () => {
    const { keys } = (await (await fetch(`${oidc.baseUrl}/jwks`)).json()) as { keys: object[] };
    expect(keys).toHaveLength(1);
    expect(keys[0]).toMatchObject({ kty: 'RSA', alg: 'RS256', use: 'sig' });
    for (const part of ['d', 'p', 'q', 'dp', 'dq', 'qi']) expect(keys[0]).not.toHaveProperty(part);
  });
});

describe('a login that a certified relying party accepts', () => {
  test.each([
    ['client_secret_basic', undefined],
    ['client_secret_post', client.ClientSecretPost()],
    ['private_key_jwt', privateKeyJwt],
  ] as const)('with %s', async (tokenEndpointAuthMethod, authentication) => {
    const request = { tokenEndpointAuthMethod, jwks };
    const one = await RelyingParty.register(oidc, request, authentication);
    const tokens = await one.loginOffline();
    expect(tokens.claims()).toMatchObject({ iss: oidc.baseUrl, aud: one.clientId, sub: 'u-12345' });
    await one.refresh(tokens.refresh_token);
  });

  test('a client that authenticates in another way than it registered is refused', async () => {
    const post = { tokenEndpointAuthMethod: 'private_key_jwt', jwks } as const;
    const one = await RelyingParty.register(oidc, post);
    await expect(one.login()).rejects.toMatchObject({ status: 401 });
  });

  test('a wrong secret is 401 invalid_client', async () => {
    const wrong = client.ClientSecretPost('wrong');
    const one = await RelyingParty.register(oidc, {}, wrong);
    await expect(one.login()).rejects.toMatchObject({ status: 401, error: 'invalid_client' });
  });
});

describe('the authorization request', () => {
  test('the answer has the code, the state, and the issuer (RFC 9207)', async () => {
    const attempt = await party.begin();
    const { params } = await party.pass(attempt);
    expect([...params.keys()].sort()).toEqual(['code', 'iss', 'state']);
    expect(params.get('iss')).toBe(oidc.baseUrl);
  });

  test('without PKCE it is refused, unless the issuer does not insist', async () => {
    const without = { code_challenge: '', code_challenge_method: '' };
    const refused = await new Browser().open((await party.begin(without)).url);
    expect(refused.params.get('error')).toBe('invalid_request');
    oidc.control.setPkceRequired(false);
    const passed = await party.pass(await party.begin(without));
    expect(passed.params.has('code')).toBe(true);
  });

  test('PKCE plain is refused', async () => {
    const { url } = await party.begin({ code_challenge_method: 'plain' });
    expect((await new Browser().open(url)).params.get('error')).toBe('invalid_request');
  });

  test('a verifier that does not fit gives nothing', async () => {
    const attempt = await party.begin();
    const { url } = await party.pass(attempt);
    const verifier = client.randomPKCECodeVerifier();
    await expect(party.finish({ ...attempt, verifier }, url)).rejects.toMatchObject({
      error: 'invalid_grant',
    });
  });

  test('pushed before, it is one reference in the browser (RFC 9126)', async () => {
    const attempt = await party.begin({}, { push: true });
    expect([...new URL(attempt.url).searchParams.keys()].sort()).toEqual([
      'client_id',
      'request_uri',
    ]);
    const { url } = await party.pass(attempt);
    expect((await party.finish(attempt, url)).claims()?.sub).toBe('u-12345');
  });

  test.each([
    ['the issuer insists', {}, true],
    ['the app is registered so', { requirePar: true }, false],
  ])('where %s only a pushed one passes', async (_name, request, everywhere) => {
    oidc.control.setParRequired(everywhere);
    const one = await RelyingParty.register(oidc, request);
    const refused = await new Browser().open((await one.begin()).url);
    expect(refused.params.get('error')).toBe('invalid_request');
    const pushed = await one.pass(await one.begin({}, { push: true }));
    expect(pushed.params.has('code')).toBe(true);
  });

  test('discovery says whether pushing is required', async () => {
    const read = async () =>
      (await fetch(`${oidc.baseUrl}/.well-known/openid-configuration`)).json();
    expect(await read()).not.toHaveProperty('require_pushed_authorization_requests');
    oidc.control.setParRequired(true);
    expect(await read()).toMatchObject({ require_pushed_authorization_requests: true });
  });

  test('prompt=none: login_required for a stranger, a code for who is known', async () => {
    const browser = new Browser();
    const asStranger = await browser.open((await party.begin({ prompt: 'none' })).url);
    expect(asStranger.params.get('error')).toBe('login_required');
    await party.login({ browser });
    const known = await browser.open((await party.begin({ prompt: 'none' })).url);
    expect(known.params.has('code')).toBe(true);
  });

  test('an app that asks for no more than before is not asked about again', async () => {
    const browser = new Browser();
    await party.login({ browser });
    const away = await browser.open((await party.begin()).url);
    expect(away.params.has('code')).toBe(true);
    const more = await browser.open((await party.begin({ prompt: 'consent' })).url);
    expect(more.heading).toBe('Demo app would like to know you');
  });

  test('several attempts in one browser each come to their own end', async () => {
    const browser = new Browser();
    const [one, two] = [await party.begin(), await party.begin()];
    const [first, second] = [await browser.open(one.url), await browser.open(two.url)];
    const agreeTwo = await second.submit('Sign in', WEICHEN);
    const backTwo = await agreeTwo.submit('Agree');
    expect((await party.finish(two, backTwo.url)).claims()?.sub).toBe('u-20418');
    const agreeOne = await first.submit('Sign in', WEICHEN);
    expect((await party.finish(one, agreeOne.url)).claims()?.sub).toBe('u-20418');
  });
});

describe('what the scopes give', () => {
  test.each([
    ['openid', ['sub']],
    ['openid profile', ['name', 'picture', 'preferred_username', 'sub']],
    ['openid email', ['email', 'email_verified', 'sub']],
  ])('%s', async (scope, claims) => {
    const tokens = await party.login({ params: { scope } });
    const user = await client.fetchUserInfo(party.config, tokens.access_token, 'u-12345');
    expect(Object.keys(user).sort()).toEqual(claims);
  });

  test('the picture is there', async () => {
    const { access_token } = await party.login();
    const { picture } = (await (await party.userinfo(access_token)).json()) as { picture: string };
    const response = await fetch(picture);
    expect(response.headers.get('content-type')).toContain('image/svg+xml');
  });

  test('who has no name, no picture and an unconfirmed address says so', async () => {
    oidc.control.setUser('yating', { name: null, picture: false, emailVerified: false });
    const { access_token } = await party.login();
    expect(await (await party.userinfo(access_token)).json()).toStrictEqual({
      sub: 'u-12345',
      preferred_username: 'yating',
      email: 'yating@example.com',
      email_verified: false,
    });
  });
});

test('a parameter given twice is refused, as the library sees the form itself', async () => {
  const body = 'grant_type=refresh_token&grant_type=refresh_token&refresh_token=x';
  const basic = Buffer.from(`${party.clientId}:${party.clientSecret}`).toString('base64');
  const headers = {
    Authorization: `Basic ${basic}`,
    'Content-Type': 'application/x-www-form-urlencoded',
  };
  const response = await fetch(`${oidc.baseUrl}/token`, { method: 'POST', headers, body });
  expect(await response.json()).toMatchObject({ error: 'invalid_request' });
});

describe('tokens', () => {
  test('the ID token has a hash of the access token', async () => {
    const { id_token } = await party.login();
    expect(partsOf(id_token).claims.at_hash).toMatch(/^[\w-]{22}$/);
  });

  test('a refresh token comes with offline_access and prompt=consent alone', async () => {
    expect(await party.login()).not.toHaveProperty('refresh_token');
    const scope = 'openid offline_access';
    expect(await party.login({ params: { scope } })).not.toHaveProperty('refresh_token');
    const asked = await party.login({ params: { scope, prompt: 'consent' } });
    expect(asked).toHaveProperty('refresh_token');
  });

  test('setRefreshTokens: always, or never', async () => {
    oidc.control.setRefreshTokens('always');
    expect(await party.login()).toHaveProperty('refresh_token');
    oidc.control.setRefreshTokens('never');
    const params = { scope: 'openid offline_access', prompt: 'consent' };
    expect(await party.login({ params })).not.toHaveProperty('refresh_token');
  });

  test('a refresh replaces the token; the old one again revokes the grant', async () => {
    const first = await party.loginOffline();
    const second = await party.refresh(first.refresh_token);
    expect(second.refresh_token).not.toBe(first.refresh_token);
    expect((await party.userinfo(second.access_token)).status).toBe(200);
    await expect(party.refresh(first.refresh_token)).rejects.toMatchObject({
      error: 'invalid_grant',
    });
    expect((await party.userinfo(second.access_token)).status).toBe(401);
    await expect(party.refresh(String(second.refresh_token))).rejects.toThrow();
    expect(oidc.control.stats()).toMatchObject({ refreshReuses: 1, liveGrants: 0 });
  });

  test('without rotation a refresh token stays good, and comes back', async () => {
    oidc.control.setRefreshRotation(false);
    const { refresh_token } = await party.loginOffline();
    expect((await party.refresh(refresh_token)).refresh_token).toBe(refresh_token);
    await party.refresh(refresh_token);
  });

  test('of twenty refreshes at once with one token only one gets tokens', async () => {
    const { refresh_token } = await party.loginOffline();
    const form = { grant_type: 'refresh_token', refresh_token };
    const answers = await Promise.all(Array.from({ length: 20 }, () => party.token(form)));
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 400)).toHaveLength(19);
    expect(oidc.control.stats()).toMatchObject({ refreshReuses: 19, liveGrants: 0 });
  });

  test('of twenty at once with one code only one gets tokens', async () => {
    const attempt = await party.begin();
    const { params } = await party.pass(attempt);
    const form = {
      grant_type: 'authorization_code',
      code: params.get('code') ?? '',
      redirect_uri: party.redirectUri,
      code_verifier: attempt.verifier,
    };
    const answers = await Promise.all(Array.from({ length: 20 }, () => party.token(form)));
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(oidc.control.stats().codeReuses).toBe(19);
  });

  test.each(['refresh_token', 'access_token'] as const)(
    'revocation of the %s ends this grant, and no other of the browser',
    async (kind) => {
      const browser = new Browser();
      const [mine, other] = [
        await party.loginOffline({ browser }),
        await party.loginOffline({ browser }),
      ];
      await client.tokenRevocation(party.config, mine[kind]);
      expect((await party.userinfo(mine.access_token)).status).toBe(401);
      await expect(party.refresh(mine.refresh_token)).rejects.toMatchObject({
        error: 'invalid_grant',
      });
      expect((await party.userinfo(other.access_token)).status).toBe(200);
      expect(oidc.control.stats()).toMatchObject({ liveGrants: 1, refreshReuses: 0 });
    },
  );

  test('another app may not revoke it', async () => {
    const tokens = await party.loginOffline();
    const other = await RelyingParty.register(oidc);
    await client.tokenRevocation(other.config, tokens.refresh_token);
    expect((await party.userinfo(tokens.access_token)).status).toBe(200);
  });
});
