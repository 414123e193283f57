import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  type ControlClient,
  createControlClient,
  type Emulator,
  startEmulator,
} from '../src/emulator.ts';
import { Browser } from './browser.ts';
import { WEICHEN } from './demo-users.ts';
import { partsOf, RelyingParty } from './relying-party.ts';

let emulator: Emulator;
let oidc: Emulator['personas']['oidc'];
let control: ControlClient<'oidc'>;
let party: RelyingParty;
beforeAll(async () => {
  emulator = await startEmulator({ control: true });
  oidc = emulator.personas.oidc;
  control = createControlClient(emulator.url, 'oidc');
  party = await RelyingParty.register(oidc);
});
afterAll(() => emulator.close());
beforeEach(() => control.reset());

describe('each endpoint has faults and a counter of its own', () => {
  const call = {
    discovery: () => fetch(`${oidc.baseUrl}/.well-known/openid-configuration`),
    jwks: () => fetch(`${oidc.baseUrl}/jwks`),
    authorize: () => fetch(`${oidc.baseUrl}/authorize`),
    par: () => fetch(`${oidc.baseUrl}/par`, { method: 'POST', body: new URLSearchParams() }),
    token: () => party.token({ grant_type: 'authorization_code' }),
    refresh: () => party.token({ grant_type: 'refresh_token' }),
    userinfo: () => party.userinfo('none'),
    revocation: () => fetch(`${oidc.baseUrl}/revocation`, { method: 'POST' }),
    'end-session': () => fetch(`${oidc.baseUrl}/logout`),
    'attackers-jwks': () => fetch(`${oidc.baseUrl}/attacker/jwks`),
  };
  const endpoints = Object.keys(call) as Array<keyof typeof call>;

  test.each(endpoints)('%s', async (faulty) => {
    await control.addFault({ endpoint: faulty, kind: 'status', status: 503 });
    for (const endpoint of endpoints) {
      expect([endpoint, (await call[endpoint]()).status === 503]).toEqual([
        endpoint,
        endpoint === faulty,
      ]);
    }
    const { calls } = await control.stats();
    expect(new Set(Object.values(calls))).toEqual(new Set([1]));
  });

  test('lost-answer: the work is done, the answer never comes', async () => {
    const { refresh_token } = await party.loginOffline();
    await control.addFault({ endpoint: 'refresh', kind: 'lost-answer', times: 1 });
    await expect(party.refresh(refresh_token)).rejects.toThrow();
    expect((await control.stats()).grants[0]).toMatchObject({ refreshes: 1 });
    await expect(party.refresh(refresh_token)).rejects.toMatchObject({ error: 'invalid_grant' });
    expect((await control.stats()).refreshReuses).toBe(1);
  });
});

test('stats count grants, and refreshes of one at the same time', async () => {
  await control.setRefreshRotation(false);
  const { refresh_token } = await party.loginOffline();
  await party.loginOffline({ user: WEICHEN });
  await control.addFault({ endpoint: 'refresh', kind: 'delay', ms: 50 });
  await Promise.all([1, 2, 3].map(() => party.refresh(refresh_token)));
  const scope = 'openid profile email offline_access';
  const common = { clientId: party.clientId, scope, revoked: false };
  expect(await control.stats()).toMatchObject({
    grants: [
      { ...common, username: 'yating', refreshes: 3, maxConcurrentRefreshes: 3 },
      { ...common, username: 'weichen', refreshes: 0, maxConcurrentRefreshes: 0 },
    ],
    maxConcurrentRefreshesPerGrant: 3,
    liveGrants: 2,
  });
});

test('revokeGrants: of one user, or of all; and they are asked again', async () => {
  const browser = new Browser();
  const tokens = await party.loginOffline({ browser });
  await control.revokeGrants({ username: 'weichen' });
  expect((await party.userinfo(tokens.access_token)).status).toBe(200);
  await control.revokeGrants();
  expect((await party.userinfo(tokens.access_token)).status).toBe(401);
  await expect(party.refresh(tokens.refresh_token)).rejects.toMatchObject({
    error: 'invalid_grant',
  });
  expect(await control.stats()).toMatchObject({ liveGrants: 0, grants: [{ revoked: true }] });
  const page = await browser.open((await party.begin()).url);
  expect(page.heading).toBe('Demo app would like to know you');
});

test('expireAccessTokens: 401 now, and a refresh helps', async () => {
  const tokens = await party.loginOffline();
  await control.expireAccessTokens();
  expect((await party.userinfo(tokens.access_token)).status).toBe(401);
  const fresh = await party.refresh(tokens.refresh_token);
  expect((await party.userinfo(fresh.access_token)).status).toBe(200);
});

test('setLifetimes holds for what is issued from then on', async () => {
  await control.setLifetimes({ accessToken: 7, idToken: 11 });
  const { expires_in, id_token } = await party.login();
  expect(expires_in).toBe(7);
  const { iat, exp } = partsOf(id_token).claims;
  expect(Number(exp) - Number(iat)).toBe(11);
  await control.setLifetimes({ accessToken: 1, refreshToken: 1 });
  const short = await party.loginOffline();
  const status = async () => (await party.userinfo(short.access_token)).status;
  await expect.poll(status, { timeout: 10_000 }).toBe(401);
  await expect(party.refresh(short.refresh_token)).rejects.toMatchObject({
    error: 'invalid_grant',
  });
});

describe('rotateKeys', () => {
  // Relying parties keep the keys that they once saw: this issuer has none but its own.
  let rotating: Emulator;
  let issuer: Emulator['personas']['oidc'];
  beforeAll(async () => {
    rotating = await startEmulator({ control: true });
    issuer = rotating.personas.oidc;
  });
  afterAll(() => rotating.close());

  const kids = async () => {
    const response = await fetch(`${issuer.baseUrl}/jwks`);
    return ((await response.json()) as { keys: Array<{ kid: string }> }).keys.map(({ kid }) => kid);
  };

  test('the new key signs, the old one stays in the JWKS', async () => {
    const before = await kids();
    const { kid } = await createControlClient(rotating.url, 'oidc').rotateKeys();
    expect(await kids()).toEqual([kid, ...before]);
    const tokens = await (await RelyingParty.register(issuer)).login();
    expect(partsOf(tokens.id_token).header.kid).toBe(kid);
  });

  test('keepOld: false leaves the new one alone in the JWKS', async () => {
    const { kid } = await issuer.control.rotateKeys({ keepOld: false });
    expect(await kids()).toEqual([kid]);
  });

  test('sessions, tokens and grants stay, and the keys over a reset', async () => {
    const browser = new Browser();
    const one = await RelyingParty.register(issuer);
    const tokens = await one.loginOffline({ browser });
    const { kid } = await issuer.control.rotateKeys();
    const away = await browser.open((await one.begin()).url);
    expect(away.params.has('code')).toBe(true);
    const fresh = await one.token({
      grant_type: 'refresh_token',
      refresh_token: tokens.refresh_token,
    });
    const { access_token, id_token } = (await fresh.json()) as Record<string, string>;
    expect(partsOf(id_token).header.kid).toBe(kid);
    expect(
      (
        await fetch(`${issuer.baseUrl}/userinfo`, {
          headers: { Authorization: `Bearer ${access_token}` },
        })
      ).status,
    ).toBe(200);
    issuer.control.reset();
    expect((await kids())[0]).toBe(kid);
  });
});

test('setClockSkew moves the times of tokens, and the header Date', async () => {
  await control.setClockSkew(-500);
  const real = Math.floor(Date.now() / 1000);
  const { id_token } = await party.login({ params: { max_age: '1000' } });
  const { iat, exp, auth_time } = partsOf(id_token).claims;
  expect(Number(iat)).toBeCloseTo(real - 500, -1.5);
  expect(Number(exp)).toBeCloseTo(real + 3100, -1.5);
  expect(Number(auth_time)).toBeCloseTo(real - 500, -1.5);
  const { headers } = await fetch(`${oidc.baseUrl}/jwks`);
  expect(Date.parse(headers.get('date') ?? '') / 1000).toBeCloseTo(real - 500, -1.5);
  await control.setClockSkew(500);
  await expect(party.login()).resolves.toBeDefined();
});

test('issuedSecrets are all that was ever issued; requests tell none', async () => {
  const attempt = await party.begin({ scope: 'openid offline_access', prompt: 'consent' });
  const { url, params } = await party.pass(attempt);
  const tokens = await party.finish(attempt, url);
  const fresh = await party.refresh(String(tokens.refresh_token));
  const secrets = await control.issuedSecrets();
  expect(secrets.map(({ kind, value }) => `${kind} ${value}`)).toEqual(
    expect.arrayContaining([
      `client_secret ${party.clientSecret}`,
      `code ${params.get('code')}`,
      `access_token ${tokens.access_token}`,
      `refresh_token ${tokens.refresh_token}`,
      `id_token ${tokens.id_token}`,
      `access_token ${fresh.access_token}`,
      `refresh_token ${fresh.refresh_token}`,
    ]),
  );
  const requests = await control.requests();
  const told = JSON.stringify(requests);
  for (const { value } of secrets) expect(told).not.toContain(value);
  const token = requests.find(({ path }) => path === '/oidc/token');
  expect(token?.params).toEqual(['redirect_uri', 'code', 'code_verifier', 'grant_type']);
});

test('what is no app is not registered', async () => {
  const app = { name: 'x', redirectUri: 'http://localhost:9/cb' };
  for (const wrong of [
    { redirectUri: 'http://x.example/cb' },
    { tokenEndpointAuthMethod: 'private_key_jwt' as const },
    { backchannelLogoutUri: 'not an address' },
  ]) {
    await expect(control.registerApp({ ...app, ...wrong })).rejects.toThrow('400');
  }
});

test('reset forgets all but the apps and the keys', async () => {
  const browser = new Browser();
  const tokens = await party.loginOffline({ browser });
  await control.setUser('yating', { name: 'Somebody' });
  await control.setParRequired(true);
  await control.setClockSkew(3000);
  await control.forgeIdToken('wrong-issuer');
  await control.forgeRefreshedIdToken('wrong-issuer');
  await control.forgeUserinfo('no-subject');
  await control.forgeDiscovery('another-issuer');
  await control.forgeAuthorizationResponse('no-iss');
  await control.forgePushedRequest('refused');
  await control.addFault({ endpoint: 'token', kind: 'status' });
  await control.reset();
  expect((await party.userinfo(tokens.access_token)).status).toBe(401);
  expect(await control.stats()).toMatchObject({ grants: [], liveGrants: 0, calls: { token: 0 } });
  const page = await browser.open((await party.begin()).url);
  expect(page.heading).toBe('Sign in');
  const fresh = await party.loginOffline({ browser });
  await party.refresh(fresh.refresh_token);
  expect(await (await party.userinfo(fresh.access_token)).json()).toMatchObject({
    sub: 'u-12345',
    name: 'Lin Ya-ting',
  });
  await party.pass(await party.begin({}, { push: true }));
});
