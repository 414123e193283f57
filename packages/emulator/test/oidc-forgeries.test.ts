import { createHmac, createPublicKey, verify } from 'node:crypto';
import * as client from 'openid-client';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Emulator, startEmulator } from '../src/emulator.ts';
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

type IdTokenForgery = Parameters<typeof oidc.control.forgeIdToken>[0];

/** The ID token of a login, as it was sent. */
async function idToken(): Promise<string> {
  const attempt = await party.begin();
  const { params } = await party.pass(attempt);
  const response = await party.token({
    grant_type: 'authorization_code',
    code: params.get('code') ?? '',
    redirect_uri: party.redirectUri,
    code_verifier: attempt.verifier,
  });
  return ((await response.json()) as { id_token: string }).id_token;
}

async function publicKey() {
  const response = await fetch(`${oidc.baseUrl}/jwks`);
  const { keys } = (await response.json()) as { keys: Array<{ kid: string }> };
  const [key] = keys;
  return { kid: key?.kid, key: createPublicKey({ key: key as object, format: 'jwk' }) };
}

async function isSignedByUs(token: string): Promise<boolean> {
  const [header, claims, signature = ''] = token.split('.');
  const { key } = await publicKey();
  const signed = Buffer.from(`${header}.${claims}`);
  return verify('sha256', signed, key, Buffer.from(signature, 'base64url'));
}

const now = () => Math.floor(Date.now() / 1000);
const near = (seconds: number) => expect.closeTo(seconds, -1.5);

describe('claims of an ID token that are wrong, under a signature that is right', () => {
  test.each<[IdTokenForgery, () => Record<string, unknown>]>([
    ['wrong-issuer', () => ({ iss: 'https://attacker.example' })],
    ['wrong-audience', () => ({ aud: 'another-client' })],
    ['no-audience', () => ({ aud: undefined })],
    ['several-audiences-without-azp', () => ({ aud: [party.clientId, 'another-client'] })],
    ['wrong-azp', () => ({ aud: [party.clientId, 'another-client'], azp: 'another-client' })],
    ['wrong-nonce', () => ({ nonce: 'the-nonce-of-another-login' })],
    ['no-nonce', () => ({ nonce: undefined })],
    ['another-subject', () => ({ sub: 'somebody-else' })],
    ['no-subject', () => ({ sub: undefined })],
    ['no-issued-at', () => ({ iat: undefined })],
    ['no-expiry', () => ({ exp: undefined })],
    ['expired', () => ({ iat: near(now() - 7200), exp: near(now() - 3600) })],
    ['issued-in-the-future', () => ({ iat: near(now() + 3600), exp: near(now() + 7200) })],
    ['wrong-at-hash', () => ({ at_hash: 'AAAAAAAAAAAAAAAAAAAAAA' })],
  ])('%s', async (kind, wrong) => {
    const honest = {
      sub: 'u-12345',
      nonce: expect.any(String),
      aud: party.clientId,
      exp: near(now() + 3600),
      iat: near(now()),
      iss: oidc.baseUrl,
      at_hash: expect.any(String),
    };
    oidc.control.forgeIdToken(kind);
    const token = await idToken();
    const { claims } = partsOf(token);
    expect({ ...claims }).toEqual({ ...honest, ...wrong() });
    for (const [name, value] of Object.entries(wrong())) {
      if (value === undefined) expect(claims).not.toHaveProperty(name);
    }
    expect(await isSignedByUs(token)).toBe(true);
  });
});

describe('signatures of an ID token that are wrong', () => {
  test('bad-signature: under our kid, by somebody else', async () => {
    oidc.control.forgeIdToken('bad-signature');
    const token = await idToken();
    expect(partsOf(token).header).toEqual({ alg: 'RS256', kid: (await publicKey()).kid });
    expect(await isSignedByUs(token)).toBe(false);
  });

  test('alg-none: no signature at all', async () => {
    oidc.control.forgeIdToken('alg-none');
    const token = await idToken();
    expect(partsOf(token).header).toEqual({ alg: 'none' });
    expect(token.endsWith('.')).toBe(true);
  });

  test.each([
    ['hs256-with-client-secret', async () => party.clientSecret],
    [
      'hs256-with-public-key',
      async () => (await publicKey()).key.export({ type: 'spki', format: 'pem' }),
    ],
  ] as const)('%s: a MAC that this very text gives', async (kind, secret) => {
    oidc.control.forgeIdToken(kind);
    const token = await idToken();
    const [header, claims, signature] = token.split('.');
    expect(partsOf(token).header.alg).toBe('HS256');
    const mac = createHmac('sha256', await secret()).update(`${header}.${claims}`);
    expect(signature).toBe(mac.digest('base64url'));
  });

  test.each([
    ['unknown-kid', []],
    ['attackers-jku', ['jku']],
    ['attackers-jwk', ['jwk']],
  ] as const)('%s: good under a key that is in no JWKS of ours', async (kind, more) => {
    oidc.control.forgeIdToken(kind);
    const token = await idToken();
    const { header } = partsOf(token);
    expect(Object.keys(header).sort()).toEqual(['alg', 'kid', ...more].sort());
    expect(header.kid).not.toBe((await publicKey()).kid);
    expect(await isSignedByUs(token)).toBe(false);
    const [head, claims, signature = ''] = token.split('.');
    const response = await fetch(`${oidc.baseUrl}/attacker/jwks`);
    const [jwk] = ((await response.json()) as { keys: object[] }).keys;
    const key = createPublicKey({ key: jwk as object, format: 'jwk' });
    const bytes = Buffer.from(signature, 'base64url');
    expect(verify('sha256', Buffer.from(`${head}.${claims}`), key, bytes)).toBe(true);
  });

  test('it shows who follows the address in a token', async () => {
    oidc.control.forgeIdToken('attackers-jku');
    const { jku } = partsOf(await idToken()).header;
    expect(oidc.control.stats().calls['attackers-jwks']).toBe(0);
    await fetch(String(jku));
    expect(oidc.control.stats().calls['attackers-jwks']).toBe(1);
  });
});

/** What `openid-client` lets pass in the code flow, as the standard permits. */
const TOLERATED = new Set(['another-subject', 'issued-in-the-future', 'wrong-at-hash']);

describe('a certified relying party refuses', () => {
  test.each<IdTokenForgery>([
    'wrong-issuer',
    'wrong-audience',
    'no-audience',
    'several-audiences-without-azp',
    'wrong-azp',
    'wrong-nonce',
    'no-nonce',
    'no-subject',
    'no-issued-at',
    'no-expiry',
    'expired',
    'bad-signature',
    'alg-none',
    'hs256-with-client-secret',
    'hs256-with-public-key',
    'unknown-kid',
    'attackers-jku',
    'attackers-jwk',
  ])('%s, and asks for no userinfo', async (kind) => {
    oidc.control.forgeIdToken(kind);
    await expect(party.login()).rejects.toThrow();
    expect(oidc.control.stats().calls).toMatchObject({ token: 1, userinfo: 0 });
    oidc.control.clearForgeries();
    expect((await party.login()).claims()?.sub).toBe('u-12345');
  });

  test.each(['no-iss', 'wrong-iss', 'iss-twice', 'no-state', 'wrong-state'] as const)(
    'an answer with %s',
    async (kind) => {
      oidc.control.forgeAuthorizationResponse(kind);
      await expect(party.login()).rejects.toThrow();
      expect(oidc.control.stats().calls.token).toBe(0);
    },
  );

  test.each(['another-subject', 'no-subject'] as const)('userinfo with %s', async (kind) => {
    const { access_token } = await party.login();
    oidc.control.forgeUserinfo(kind);
    await expect(client.fetchUserInfo(party.config, access_token, 'u-12345')).rejects.toThrow();
  });

  test('a discovery document of another issuer', async () => {
    oidc.control.forgeDiscovery('another-issuer');
    await expect(RelyingParty.register(oidc)).rejects.toThrow();
  });

  test.each(['foreign-request-uri', 'no-request-uri', 'unknown-request-uri', 'refused'] as const)(
    'a pushed request that is answered with %s, or the issuer does',
    async (kind) => {
      oidc.control.forgePushedRequest(kind);
      const away = party.begin({}, { push: true }).then((attempt) => party.pass(attempt));
      const code = await away.then(
        ({ params }) => params.get('code'),
        () => null,
      );
      expect(code).toBeNull();
    },
  );
});

describe('a refreshed ID token has forgeries of its own', () => {
  test.each(['wrong-issuer', 'bad-signature', 'no-audience', 'expired'] as const)(
    '%s',
    async (kind) => {
      oidc.control.forgeRefreshedIdToken(kind);
      const { refresh_token } = await party.loginOffline();
      await expect(party.refresh(refresh_token)).rejects.toThrow();
    },
  );

  test('another-subject', async () => {
    oidc.control.forgeRefreshedIdToken('another-subject');
    const tokens = await party.loginOffline();
    expect(tokens.claims()?.sub).toBe('u-12345');
    expect((await party.refresh(tokens.refresh_token)).claims()?.sub).toBe('somebody-else');
  });
});

describe('discovery', () => {
  const read = async () => {
    const response = await fetch(`${oidc.baseUrl}/.well-known/openid-configuration`);
    return (await response.json()) as Record<string, unknown>;
  };

  test.each([
    ['foreign-authorization-endpoint', 'authorization_endpoint', '/oidc/authorize'],
    ['foreign-token-endpoint', 'token_endpoint', '/oidc/token'],
    ['foreign-userinfo-endpoint', 'userinfo_endpoint', '/oidc/userinfo'],
    ['foreign-jwks-uri', 'jwks_uri', '/oidc/jwks'],
    ['foreign-par-endpoint', 'pushed_authorization_request_endpoint', '/oidc/par'],
    ['foreign-end-session-endpoint', 'end_session_endpoint', '/oidc/logout'],
    ['foreign-revocation-endpoint', 'revocation_endpoint', '/oidc/revocation'],
  ] as const)('%s, where the attacker is or where the test says', async (kind, name, path) => {
    oidc.control.forgeDiscovery(kind, { times: 1 });
    expect((await read())[name]).toBe(`https://attacker.example${path}`);
    oidc.control.forgeDiscovery(kind, { origin: 'http://localhost:9', times: 1 });
    expect((await read())[name]).toBe(`http://localhost:9${path}`);
    expect((await read())[name]).toBe(`${emulator.url}${path}`);
  });

  test.each([
    ['no-pkce-methods', 'code_challenge_methods_supported'],
    ['no-token-auth-methods', 'token_endpoint_auth_methods_supported'],
    ['no-iss-parameter', 'authorization_response_iss_parameter_supported'],
    ['no-par-endpoint', 'pushed_authorization_request_endpoint'],
    ['no-userinfo-endpoint', 'userinfo_endpoint'],
    ['no-end-session-endpoint', 'end_session_endpoint'],
    ['no-revocation-endpoint', 'revocation_endpoint'],
    ['no-token-endpoint', 'token_endpoint'],
  ] as const)('%s', async (kind, name) => {
    expect(await read()).toHaveProperty(name);
    oidc.control.forgeDiscovery(kind);
    const { [name]: _left, ...rest } = await read();
    expect(_left).toBeUndefined();
    oidc.control.clearForgeries();
    expect(await read()).toMatchObject(rest);
  });

  test.each([
    ['plain-pkce-only', 'code_challenge_methods_supported', ['plain']],
    ['strange-token-auth-methods', 'token_endpoint_auth_methods_supported', ['tls_client_auth']],
  ] as const)('%s', async (kind, name, value) => {
    oidc.control.forgeDiscovery(kind);
    expect((await read())[name]).toEqual(value);
  });
});

test('several forgeries at once, each as often as it says', async () => {
  oidc.control.forgeIdToken('wrong-issuer', { times: 1 });
  oidc.control.forgeIdToken('no-nonce', { times: 2 });
  const [first, second, third] = [await idToken(), await idToken(), await idToken()].map(
    (token) => partsOf(token).claims,
  );
  expect(first).toMatchObject({ iss: 'https://attacker.example' });
  expect(first).not.toHaveProperty('nonce');
  expect(second).toMatchObject({ iss: oidc.baseUrl });
  expect(second).not.toHaveProperty('nonce');
  expect(third).toHaveProperty('nonce');
});

test('an answer that is an error uses no forgery up', async () => {
  oidc.control.forgeIdToken('wrong-issuer', { times: 1 });
  oidc.control.forgeUserinfo('no-subject', { times: 1 });
  expect((await party.token({ grant_type: 'authorization_code', code: 'x' })).status).toBe(400);
  expect((await party.userinfo('none')).status).toBe(401);
  expect(partsOf(await idToken()).claims.iss).toBe('https://attacker.example');
});

test.each([...TOLERATED] as IdTokenForgery[])(
  '%s is for relying parties that check more than they must',
  async (kind) => {
    oidc.control.forgeIdToken(kind);
    await expect(party.login()).resolves.toHaveProperty('id_token');
  },
);
