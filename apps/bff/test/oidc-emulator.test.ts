import type { Emulator } from '@cloakroom/emulator';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import { AUTHORIZATION_FORGERIES } from '../../../packages/emulator/src/personas/oidc/forgeries/authorization-response.ts';
import { ID_TOKEN_FORGERIES } from '../../../packages/emulator/src/personas/oidc/forgeries/id-token.ts';
import { USERINFO_FORGERIES } from '../../../packages/emulator/src/personas/oidc/forgeries/userinfo.ts';
import { LOGOUT_TOKEN_FORGERIES } from '../../../packages/emulator/src/personas/oidc/logout-token.ts';
import { Browser as Person } from '../../../packages/emulator/test/browser.ts';
import { auditAtTheEnd } from './audit.ts';
import { Browser } from './browser-jar.ts';
import { type RedisView, viewRedis } from './redis-keys.ts';
import { comeBackFrom, startWholeSite, WEICHEN, type WholeSite } from './whole-site.ts';

/** Each way in which the emulator knows to forge something has a row here. */
function kinds<Kind extends string>(table: Record<Kind, unknown>, ...without: Kind[]): Kind[] {
  return (Object.keys(table) as Kind[]).filter((kind) => !without.includes(kind));
}

let site: WholeSite;
let redis: RedisView;
let oidc: Emulator['personas']['oidc'];

beforeAll(async () => {
  const redisUrl = inject('redisUrl');
  site = await startWholeSite(redisUrl, {
    OAUTH_OIDC_SCOPE: 'openid offline_access profile email',
  });
  redis = await viewRedis(redisUrl, site.bff.prefix);
  oidc = site.emulator.personas.oidc;
}, 60_000);

beforeEach(() => oidc.control.reset());

afterAll(async () => {
  redis.close();
  await site.stop();
});

const calls = () => oidc.control.stats().calls;

/** Log in where something was forged, and check that nothing comes of it. */
async function expectRefused(userInfoCalls = 0): Promise<void> {
  const browser = new Browser(site.bff);
  const back = await site.walk(browser, 'oidc');
  const before = await redis.keys();
  const answer = await comeBackFrom(browser, back);
  expect(answer.location, answer.summary).toBe('/?error=server_error');
  expect([calls().token, calls().userinfo, calls()['attackers-jwks']]).toEqual([
    1,
    userInfoCalls,
    0,
  ]);
  expect([browser.sessionCookie, browser.attemptCookies]).toEqual([undefined, []]);
  const added = (await redis.keys()).filter((key) => !before.includes(key));
  expect(added.map((key) => key.slice(site.bff.prefix.length).split(':')[0])).toEqual(['attempt']);
  expect((await browser.call('GET', '/auth/session')).json).toEqual({ authenticated: false });
}

// First: a token with an unknown key makes nobody look again for half a minute.
test('S43 a new key between two logins', async () => {
  await site.logIn('oidc');
  await oidc.control.rotateKeys({ keepOld: false });
  await site.logIn('oidc');
});

describe('S36 S38 S39 S40 S44 an ID token that the emulator forges', () => {
  test.each(kinds(ID_TOKEN_FORGERIES))('%s', async (kind) => {
    oidc.control.forgeIdToken(kind);
    await expectRefused(kind === 'another-subject' ? 1 : 0);
    oidc.control.clearForgeries();
    await site.logIn('oidc');
  });
});

describe('S42 a user info that the emulator forges', () => {
  test.each(kinds(USERINFO_FORGERIES))('%s', async (kind) => {
    oidc.control.forgeUserinfo(kind);
    await expectRefused(1);
    oidc.control.clearForgeries();
    const browser = await site.logIn('oidc');
    oidc.control.forgeUserinfo(kind);
    const info = await browser.call('GET', '/api/user/info');
    expect([info.status, info.error]).toEqual([502, 'provider_error']);
    expect(info.body).not.toContain('yating');
  });
});

describe('S25 an authorization response that the emulator forges', () => {
  test.each(kinds(AUTHORIZATION_FORGERIES))('%s', async (kind) => {
    const browser = new Browser(site.bff);
    oidc.control.forgeAuthorizationResponse(kind);
    const answer = await comeBackFrom(browser, await site.walk(browser, 'oidc'));
    expect(['invalid_state', 'missing_parameters']).toContain(answer.error);
    expect([calls().token, browser.sessionCookie]).toEqual([0, undefined]);
  });
});

describe('S108 a refreshed ID token that the emulator forges', () => {
  // Without a nonce is how it should be (OpenID Connect Core section 12.2).
  test.each(kinds(ID_TOKEN_FORGERIES, 'no-nonce'))('%s', async (kind) => {
    const browser = await site.logIn('oidc');
    oidc.control.expireAccessTokens();
    oidc.control.forgeRefreshedIdToken(kind);
    const before = calls().userinfo;
    const info = await browser.call('GET', '/api/user/info');
    expect([info.status, info.error], info.summary).toEqual([401, 'session_expired']);
    expect(calls().refresh).toBe(1);
    // Once with the token that had ended, never with the new one.
    expect(calls().userinfo).toBe(before + 1);
    expect(browser.sessionCookie).toBeUndefined();
  });
});

describe('S117 a logout token that the emulator forges', () => {
  // Issuers of before the final specification send neither `exp` nor a type.
  const old = ['no-expiry', 'wrong-typ'] as const;
  const harmless = ['another-session', 'another-subject', ...old] as const;

  test.each(kinds(LOGOUT_TOKEN_FORGERIES, 'replayed-jti', ...harmless))('%s', async (hostile) => {
    const browser = await site.logIn('oidc');
    for (const by of ['sid', 'sub', 'both'] as const) {
      const call = { username: 'yating', by, hostile };
      const [answer, ...more] = await oidc.control.sendBackchannelLogout(call);
      expect([answer?.status, more.length], by).toEqual([400, 0]);
    }
    expect((await browser.call('GET', '/auth/session')).json.authenticated).toBe(true);
  });

  test.each(old)('%s is carried out', async (hostile) => {
    const browser = await site.logIn('oidc');
    const call = { username: 'yating', by: 'sid', hostile } as const;
    const [answer] = await oidc.control.sendBackchannelLogout(call);
    expect(answer?.status).toBe(200);
    expect((await browser.call('GET', '/auth/session')).json.authenticated).toBe(false);
  });

  test('a replayed jti', async () => {
    await site.logIn('oidc');
    const call = { username: 'yating', by: 'sid', hostile: 'replayed-jti' } as const;
    const answers = await oidc.control.sendBackchannelLogout(call);
    expect(answers.map(({ status }) => status)).toEqual([200, 400]);
  });

  test.each([
    ['another-session', 'sid'],
    ['another-subject', 'sub'],
  ] as const)('%s is nobody’s here', async (hostile, by) => {
    const browser = await site.logIn('oidc');
    const [answer] = await oidc.control.sendBackchannelLogout({ username: 'yating', by, hostile });
    expect(answer?.status).toBe(200);
    expect((await browser.call('GET', '/auth/session')).json.authenticated).toBe(true);
  });
});

describe('S117 a logout at the issuer', () => {
  const three = async () => {
    const browsers = [];
    for (let count = 0; count < 3; count += 1) browsers.push(await site.logIn('oidc'));
    return browsers;
  };
  const alive = (browsers: Browser[]) =>
    Promise.all(
      browsers.map(async (each) => (await each.call('GET', '/auth/session')).json.authenticated),
    );

  test.each(['sid', 'both'] as const)('by %s: one token for each session there', async (by) => {
    const browsers = await three();
    const bystander = await site.logIn('oidc', { user: WEICHEN });
    const answers = await oidc.control.sendBackchannelLogout({ username: 'yating', by });
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(new Set(answers.map(({ sid }) => sid)).size).toBe(3);
    expect(await alive([...browsers, bystander])).toEqual([false, false, false, true]);
  });

  test('by sub', async () => {
    const browsers = await three();
    const bystander = await site.logIn('oidc', { user: WEICHEN });
    const [first] = await oidc.control.sendBackchannelLogout({ username: 'yating', by: 'sub' });
    expect(first?.status).toBe(200);
    expect(await alive([...browsers, bystander])).toEqual([false, false, false, true]);
  });
});

describe('S116 the round trip by way of the issuer’s sign-out page', () => {
  const leave = async (person: Person) => {
    const browser = await site.logIn('oidc', { person });
    const { logout_url } = (await browser.call('POST', '/auth/logout')).json;
    const { location } = await browser.open(logout_url, { from: 'same-origin' });
    return { browser, page: await person.open(location) };
  };

  test('back home, and who comes again is asked who it is', async () => {
    const person = new Person();
    const { browser, page } = await leave(person);
    expect(page.heading).toBe('Sign out of Lighthouse?');
    expect((await page.submit('Sign out')).url).toBe(`${site.bff.origin}/`);
    const home = await browser.open('/');
    expect(home.status).toBe(200);
    const start = await browser.open('/auth/oauth/start?provider=oidc');
    expect((await person.open(start.location)).html).toContain('type="password"');
  });

  test('who stays signed in there comes home too', async () => {
    const person = new Person();
    const { page } = await leave(person);
    expect((await page.submit('Stay signed in')).url).toBe(`${site.bff.origin}/`);
  });

  test('S113 and the tokens are worth nothing any more', async () => {
    const browser = await site.logIn('oidc');
    expect(oidc.control.stats().liveGrants).toBe(1);
    await browser.call('POST', '/auth/logout');
    expect(oidc.control.stats().liveGrants).toBe(0);
    expect(calls().revocation).toBe(2);
  });
});

describe('S40 the emulator’s clock', () => {
  test.each([-120, 120])('%i seconds off logs in', async (seconds) => {
    oidc.control.setClockSkew(seconds);
    await site.logIn('oidc');
  });

  test.each([-600, 600])('%i seconds off does not', async (seconds) => {
    oidc.control.setClockSkew(seconds);
    await expectRefused();
  });
});

test('S27 where requests must be pushed', async () => {
  oidc.control.setParRequired(true);
  const fresh = await site.sibling();
  try {
    const browser = new Browser(site.bff);
    const start = '/auth/oauth/start?provider=oidc';
    const { location } = await browser.open(start, { from: 'same-origin', via: fresh });
    expect([...new URL(location).searchParams.keys()].sort()).toEqual(['client_id', 'request_uri']);
    const page = await new Person().open(location);
    expect([page.status, calls().par]).toEqual([200, 1]);
    expect(page.html).toContain('type="password"');
    oidc.control.forgePushedRequest('refused');
    const refused = await new Browser(site.bff).open(start, { via: fresh });
    expect(refused.location).toBe('/?error=server_error');
    oidc.control.clearForgeries();
    oidc.control.forgePushedRequest('no-request-uri');
    const nameless = await new Browser(site.bff).open(start, { via: fresh });
    expect(nameless.location).toBe('/?error=server_error');
  } finally {
    await fresh.stop();
  }
});

test('offline_access: asked with consent, and refreshed', async () => {
  const browser = new Browser(site.bff);
  const { location } = await browser.open('/auth/oauth/start?provider=oidc');
  expect(new URL(location).searchParams.get('prompt')).toBe('consent');
  const member = await site.logIn('oidc');
  for (let count = 1; count <= 3; count += 1) {
    oidc.control.expireAccessTokens();
    expect((await member.call('GET', '/api/user/info')).status).toBe(200);
    expect(calls().refresh).toBe(count);
  }
  expect(oidc.control.stats().refreshReuses).toBe(0);
});

auditAtTheEnd(() => [site.bff]);
