import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as client from 'openid-client';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Emulator, startEmulator } from '../src/emulator.ts';
import { Browser } from './browser.ts';
import { WEICHEN } from './demo-users.ts';
import { partsOf, RelyingParty } from './relying-party.ts';

const HOME = 'http://localhost:3000/';
const EVENT = 'http://schemas.openid.net/event/backchannel-logout';

let emulator: Emulator;
let oidc: Emulator['personas']['oidc'];
let party: RelyingParty;
let listener: Server;
/** The logout tokens that came in, and what the next one is answered. */
let received: string[] = [];
let answer = 200;

beforeAll(async () => {
  emulator = await startEmulator();
  oidc = emulator.personas.oidc;
  listener = createServer(async (req, res) => {
    let body = '';
    for await (const chunk of req) body += chunk;
    received.push(new URLSearchParams(body).get('logout_token') ?? '');
    res.writeHead(answer).end();
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => listener.once('listening', resolve));
  const { port } = listener.address() as AddressInfo;
  party = await RelyingParty.register(oidc, {
    postLogoutRedirectUri: HOME,
    backchannelLogoutUri: `http://127.0.0.1:${port}/backchannel`,
  });
});
afterAll(async () => {
  listener.close();
  await emulator.close();
});
beforeEach(() => {
  oidc.control.reset();
  received = [];
  answer = 200;
});

async function signedIn() {
  const browser = new Browser();
  const tokens = await party.login({ browser });
  return { browser, tokens, hint: String(tokens.id_token) };
}

function logoutUrl(params: Record<string, string>): string {
  return client.buildEndSessionUrl(party.config, params).href;
}

describe('RP-initiated logout', () => {
  test('asks, then goes back with the state', async () => {
    const { browser, hint } = await signedIn();
    const params = { id_token_hint: hint, post_logout_redirect_uri: HOME, state: 'the-state' };
    const page = await browser.open(logoutUrl(params));
    expect(page.heading).toBe('Sign out of Lighthouse?');
    expect(page.html).toContain('Lin Ya-ting');
    expect((await page.submit('Sign out')).url).toBe(`${HOME}?state=the-state`);
    const again = await browser.open((await party.begin({ prompt: 'none' })).url);
    expect(again.params.get('error')).toBe('login_required');
  });

  test('who stays signed in is known the next time', async () => {
    const { browser, hint } = await signedIn();
    const page = await browser.open(
      logoutUrl({ id_token_hint: hint, post_logout_redirect_uri: HOME }),
    );
    expect((await page.submit('Stay signed in')).url).toBe(HOME);
    expect((await browser.open((await party.begin()).url)).params.has('code')).toBe(true);
  });

  test('without an address to go back to it ends here', async () => {
    const { browser } = await signedIn();
    const page = await (await browser.open(logoutUrl({}))).submit('Sign out');
    expect(page.heading).toBe('You are signed out');
  });

  test('an address that is not registered is refused, on a page', async () => {
    const { browser, hint } = await signedIn();
    const post_logout_redirect_uri = 'https://attacker.example/';
    const page = await browser.open(logoutUrl({ id_token_hint: hint, post_logout_redirect_uri }));
    expect(page.status).toBe(400);
    expect(page.heading).toBe('This sign-in request is not valid');
    expect(page.html).toContain('post_logout_redirect_uri not registered');
  });

  test('a hint that nobody signed is refused', async () => {
    const { browser, hint } = await signedIn();
    const forged = `${hint.slice(0, hint.lastIndexOf('.'))}.AAAA`;
    expect((await browser.open(logoutUrl({ id_token_hint: forged }))).status).toBe(400);
  });

  test('who is not signed in goes straight back', async () => {
    const { hint } = await signedIn();
    const params = { id_token_hint: hint, post_logout_redirect_uri: HOME, state: 'the-state' };
    const stranger = new Browser();
    expect((await stranger.open(logoutUrl(params))).url).toBe(`${HOME}?state=the-state`);
    expect((await stranger.open(logoutUrl({}))).heading).toBe('You are signed out');
  });

  test('setLogoutConfirmation(false): with the hint of who is signed in nobody is asked', async () => {
    oidc.control.setLogoutConfirmation(false);
    const { browser, hint } = await signedIn();
    const target = { post_logout_redirect_uri: HOME };
    const silent = await browser.open(logoutUrl({ ...target, id_token_hint: hint }));
    expect(silent.html).toContain('/oidc/assets/submit.js');
    expect(silent.html).not.toContain('Stay signed in');
    const asked = await browser.open(logoutUrl(target));
    expect(asked.html).not.toContain('submit.js');
    expect((await silent.submit('Sign out')).status).toBe(400); // the second page replaced the first
    expect((await asked.submit('Sign out')).url).toBe(HOME);
  });

  test('tokens end with the session, but for offline_access', async () => {
    const browser = new Browser();
    const short = await party.login({ browser });
    const long = await party.loginOffline({ browser });
    await (await browser.open(logoutUrl({}))).submit('Sign out');
    expect((await party.userinfo(short.access_token)).status).toBe(401);
    expect((await party.userinfo(long.access_token)).status).toBe(200);
    expect(oidc.control.stats().liveGrants).toBe(1);
  });
});

describe('back-channel logout', () => {
  test('whoever signs out here is signed out there: a token of this very session', async () => {
    const { browser, tokens } = await signedIn();
    await (await browser.open(logoutUrl({}))).submit('Sign out');
    expect(received).toHaveLength(1);
    const { header, claims } = partsOf(received[0]);
    expect(header).toMatchObject({ alg: 'RS256', typ: 'logout+jwt' });
    expect(claims).toMatchObject({
      iss: oidc.baseUrl,
      aud: party.clientId,
      sub: 'u-12345',
      sid: tokens.claims()?.sid,
      events: { [EVENT]: {} },
    });
    expect(claims.sid).toEqual(expect.any(String));
  });

  test('an app without an address for it gets no sid either', async () => {
    const other = await RelyingParty.register(oidc);
    expect((await other.login()).claims()).not.toHaveProperty('sid');
  });

  test.each([
    ['sid', { sid: expect.any(String) }, 'sub'],
    ['sub', { sub: 'u-12345' }, 'sid'],
    ['both', { sub: 'u-12345', sid: expect.any(String) }, 'nonce'],
  ] as const)('by %s', async (by, named, absent) => {
    const { tokens } = await signedIn();
    const answers = await oidc.control.sendBackchannelLogout({ username: 'yating', by });
    const sid = tokens.claims()?.sid;
    expect(answers).toEqual([{ clientId: party.clientId, sid, status: 200 }]);
    const { header, claims } = partsOf(received[0]);
    expect(header.typ).toBe('logout+jwt');
    expect(claims).toMatchObject({ ...named, iss: oidc.baseUrl, events: { [EVENT]: {} } });
    expect(claims).not.toHaveProperty(absent);
    expect(claims.jti).toEqual(expect.any(String));
  });

  test('to each session of this user, and to nobody else', async () => {
    const sids = [await signedIn(), await signedIn()].map(({ tokens }) => tokens.claims()?.sid);
    await party.login({ user: WEICHEN });
    const answers = await oidc.control.sendBackchannelLogout({ username: 'yating', by: 'sid' });
    expect(answers.map(({ sid }) => sid).sort()).toEqual(sids.sort());
  });

  test('it tells what the app said, or that it said nothing', async () => {
    await signedIn();
    const call = { username: 'yating', by: 'sid' } as const;
    answer = 400;
    expect(await oidc.control.sendBackchannelLogout(call)).toMatchObject([{ status: 400 }]);
    const gone = await RelyingParty.register(oidc, { backchannelLogoutUri: 'http://127.0.0.1:9/' });
    await gone.login();
    const { clientId } = gone;
    const silence = await oidc.control.sendBackchannelLogout({ ...call, clientId });
    expect(silence).toMatchObject([{ clientId, status: null }]);
  });

  test('nobody signed in, nobody told; nobody of this name, an error', async () => {
    const call = { username: 'weichen', by: 'sub' } as const;
    expect(await oidc.control.sendBackchannelLogout(call)).toEqual([]);
    const nobody = oidc.control.sendBackchannelLogout({ ...call, username: 'nobody' });
    await expect(nobody).rejects.toThrow('nobody');
  });
});

describe('a hostile logout token', () => {
  type Hostile = NonNullable<Parameters<typeof oidc.control.sendBackchannelLogout>[0]['hostile']>;

  async function token(hostile: Hostile): Promise<string> {
    await signedIn();
    await oidc.control.sendBackchannelLogout({ username: 'yating', by: 'both', hostile });
    return received.at(-1) ?? '';
  }

  test.each<[Hostile, Record<string, unknown>]>([
    ['no-jti', { jti: undefined }],
    ['no-events', { events: undefined }],
    ['wrong-events', { events: { 'https://attacker.example/event': {} } }],
    ['with-nonce', { nonce: 'a-nonce' }],
    ['no-subject-no-session', { sub: undefined, sid: undefined }],
    ['another-session', { sid: 'a-session-of-somebody-else' }],
    ['another-subject', { sub: 'somebody-else' }],
    ['wrong-audience', { aud: 'another-client' }],
    ['wrong-issuer', { iss: 'https://attacker.example' }],
    ['no-issued-at', { iat: undefined }],
    ['no-expiry', { exp: undefined }],
  ])('%s', async (hostile, wrong) => {
    const { header, claims } = partsOf(await token(hostile));
    expect(header.typ).toBe('logout+jwt');
    for (const [name, value] of Object.entries(wrong)) expect(claims[name]).toEqual(value);
  });

  test('expired, and issued in the future', async () => {
    const seconds = Date.now() / 1000;
    expect(partsOf(await token('expired')).claims.exp).toBeLessThan(seconds - 3000);
    expect(partsOf(await token('issued-in-the-future')).claims.iat).toBeGreaterThan(seconds + 3000);
  });

  test.each<[Hostile, Record<string, string>]>([
    ['wrong-typ', { alg: 'RS256', typ: 'JWT' }],
    ['alg-none', { alg: 'none' }],
    ['hs256-with-client-secret', { alg: 'HS256' }],
  ])('%s', async (hostile, header) => {
    expect(partsOf(await token(hostile)).header).toMatchObject(header);
  });

  test('bad-signature differs from an honest one in nothing else', async () => {
    const honest = partsOf(await token('replayed-jti')).header;
    expect(partsOf(await token('bad-signature')).header).toEqual(honest);
  });

  test('replayed-jti: a good one first, then another with its jti', async () => {
    await token('replayed-jti');
    const [first, second] = received.map((one) => partsOf(one).claims);
    expect(received).toHaveLength(2);
    expect(second?.jti).toBe(first?.jti);
    expect(first?.jti).toEqual(expect.any(String));
  });
});
