import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import { auditAtTheEnd } from './audit.ts';
import { type BffProcess, startBff } from './bff-process.ts';
import { Browser } from './browser-jar.ts';
import { canary } from './canaries.ts';
import { type Clock, makeClock } from './clock.ts';
import { isEndless, PATIENT, startHasty } from './hasty.ts';
import { type Answer, hang, huge, json, redirectTo, reset, text } from './provider-answers.ts';
import { type RedisView, viewRedis } from './redis-keys.ts';
import { BO, LING, StrictAfdian, shown } from './strict-afdian.ts';
import { failToLogIn, logInAt, tryToLogIn, walkThrough } from './strict-login.ts';

const PICTURE = 'https://pic1.afdiancdn.com/user/u.jpg';

let provider: StrictAfdian;
let bff: BffProcess;
let hasty: BffProcess;
let redis: RedisView;
let clock: Clock;

beforeAll(async () => {
  provider = await new StrictAfdian().open();
  clock = makeClock();
  const env = { OAUTH_PROFILE: 'afdian', ...PATIENT, ...clock.env };
  bff = await startBff({ provider, redisUrl: inject('redisUrl'), env });
  hasty = await startHasty(bff, provider);
  redis = await viewRedis(inject('redisUrl'), bff.prefix);
}, 30_000);

beforeEach(() => {
  clock.ahead(0);
  provider.behave();
  provider.calls.length = 0;
});

afterAll(async () => {
  await Promise.all([bff.stop(), hasty.stop()]);
  redis.close();
  clock.remove();
  await provider.close();
});

const info = async (browser: Browser) => (await browser.call('GET', '/api/user/info')).json;
const called = () => provider.calls.map(({ endpoint }) => endpoint);
const isSignedIn = async (browser: Browser) =>
  (await browser.call('GET', '/auth/session')).json.authenticated;
/** A token answer with this in its envelope. */
const data = (value: unknown, ec: unknown = 200) => json(200, { ec, em: 'ok', data: value });

describe('a login', () => {
  test('S20 asks for basic at the path that is not below /api', async () => {
    const { location } = await new Browser(bff).open('/auth/oauth/start', { from: 'same-origin' });
    const { origin, pathname, searchParams } = new URL(location);
    expect(origin + pathname).toBe(`${provider.url}/oauth2/authorize`);
    expect(Object.fromEntries(searchParams)).toEqual({
      client_id: provider.clientId,
      redirect_uri: `${bff.origin}/oauth/callback`,
      response_type: 'code',
      scope: 'basic',
      state: expect.stringMatching(/^[\w-]{22,}$/),
    });
  });

  test('takes the identity from the token answer', async () => {
    const fan = { ...LING, name: 'Ling', avatar: PICTURE };
    const browser = await logInAt(bff, provider, fan);
    const { user } = (await browser.call('GET', '/auth/session')).json;
    expect(user).toEqual({ id: LING.user_id, name: 'Ling', avatar_url: PICTURE });
    expect(await info(browser)).toEqual({
      id: LING.user_id,
      private_id: LING.user_private_id,
      name: 'Ling',
      avatar_url: PICTURE,
    });
    expect(called(), 'no profile where the name is there').toEqual(['token']);
  });

  test('keeps no tokens: there is no such key', async () => {
    await logInAt(bff, provider);
    const keys = await redis.keys();
    expect(keys.some((key) => key.includes(':session:'))).toBe(true);
    expect(keys.filter((key) => /:(tokens|lease):/.test(key))).toEqual([]);
  });

  test('lasts for the whole life of the session, without a call to the provider', async () => {
    const browser = await logInAt(bff, provider);
    provider.calls.length = 0;
    await provider.close();
    for (const hours of [1, 11, 22, 33, 44]) {
      clock.ahead(hours * 3600);
      expect((await info(browser)).id).toBe(LING.user_id);
    }
    const logout = await browser.call('POST', '/auth/logout');
    expect([logout.status, logout.json]).toEqual([200, { logout_url: null }]);
    await provider.open();
    expect([called(), await isSignedIn(browser)]).toEqual([[], false]);
  });

  test('S41 users are told apart by their id, whatever their name', async () => {
    const [one, other] = [
      await logInAt(bff, provider, { ...LING, name: 'Same' }),
      await logInAt(bff, provider, { ...BO, name: 'Same' }),
    ];
    expect([(await info(one)).id, (await info(other)).id]).toEqual([LING.user_id, BO.user_id]);
    await other.call('POST', '/auth/logout/all');
    expect(await isSignedIn(one)).toBe(true);
  });

  test('S7 of the answer only what is listed reaches the browser', async () => {
    provider.next(
      'token',
      data({
        ...LING,
        name: 'L',
        password_hash: 'x',
        creator: { a: 1 },
        phone: '1',
        constructor: 'c',
      }),
    );
    const browser = await logInAt(bff, provider);
    expect(Object.keys(await info(browser)).sort()).toEqual(['id', 'name', 'private_id']);
  });

  test('offers no top-up and no resources', async () => {
    const browser = await logInAt(bff, provider);
    const topup = await browser.call('GET', '/api/user/topup');
    expect([topup.status, topup.error]).toEqual([404, 'not_supported']);
    expect((await browser.call('GET', '/api/provider/documents/')).error).toBe('not_found');
  });
});

describe('S45 the envelope', () => {
  const named = { ...LING, name: 'Ling' };

  test.each([
    ['ec as a number', data(named)],
    ['ec as text', data(named, '200')],
    ['an empty em', json(200, { ec: 200, em: '', data: named })],
    [
      'members of a token answer',
      data({ ...named, refresh_token: 'r', expires_in: 60, scope: 'basic' }),
    ],
  ] as [string, Answer][])('%s: a session without tokens', async (_name, answer) => {
    provider.next('token', answer);
    const browser = await logInAt(bff, provider);
    expect((await info(browser)).id).toBe(LING.user_id);
    expect((await redis.keys()).filter((key) => key.includes(':tokens:'))).toEqual([]);
  });

  test.each([
    ['ec 400 with HTTP 200', data({ error: canary('DESCRIPTION') }, 400)],
    ['ec 400001 and all data', data(named, 400_001)],
    ['ec "400"', data(named, '400')],
    ['ec null', data(named, null)],
    ['ec true', data(named, true)],
    ['ec 200.5', data(named, 200.5)],
    ['no ec', json(200, { em: 'ok', data: named })],
    ['no envelope', json(200, named)],
    ['no data', json(200, { ec: 200, em: 'ok' })],
    ['data null', data(null)],
    ['data as text', data(JSON.stringify(named))],
    ['data as a list', data([named])],
    ['a list', json(200, [{ ec: 200, data: named }])],
    ['null', json(200, null)],
    ['half an envelope', text(200, 'application/json', '{"ec":200,"data":{')],
    ['HTML', text(200, 'text/html', '<h1>x')],
    ['JSON that says it is HTML', text(200, 'text/html', JSON.stringify({ ec: 200, data: named }))],
    ['HTTP 500 with ec 200', json(500, { ec: 200, em: 'ok', data: named })],
    ['HTTP 404', json(404, { ec: 404 })],
    ['an OAuth error', json(200, { error: 'invalid_grant' })],
    ['a redirect', redirectTo(302, '/api/oauth2/access_token')],
    ['64 MB', huge],
  ] as [string, Answer][])('%s: server_error, no session', async (_name, answer) => {
    provider.next('token', answer);
    const before = await redis.keys();
    await failToLogIn(bff, provider, 'server_error');
    expect(called()).toEqual(['token']);
    expect((await redis.keys()).filter((key) => !/attempt/.test(key))).toEqual(
      before.filter((key) => !/attempt/.test(key)),
    );
  });

  test.each([
    ['silence', hang],
    ['a reset connection', reset],
  ] as [string, Answer][])('%s: provider_unavailable', async (_name, answer) => {
    provider.next('token', answer);
    await failToLogIn(isEndless(answer) ? hasty : bff, provider, 'provider_unavailable');
  });

  test.each([[1234], [''], [null], [undefined], [true], [['a']], [{ a: 1 }]])(
    'user_id %j names nobody: server_error',
    async (userId) => {
      provider.next('token', data({ ...named, user_id: userId }));
      await failToLogIn(bff, provider, 'server_error');
    },
  );

  test('private_id may be absent', async () => {
    provider.next('token', data({ user_id: LING.user_id, name: 'L' }));
    expect(await info(await logInAt(bff, provider))).toEqual({ id: LING.user_id, name: 'L' });
  });

  test('a code that is used up says so with HTTP 200: no second session', async () => {
    const browser = new Browser(bff);
    const path = await walkThrough(browser, provider);
    expect((await browser.open(path, { from: 'cross-site' })).location).toBe('/?login=success');
    const { searchParams } = new URL(path, bff.origin);
    const again = new Browser(bff);
    const other = new URL(await walkThrough(again, provider), bff.origin);
    other.searchParams.set('code', searchParams.get('code') ?? '');
    const back = await again.open(other.pathname + other.search, { from: 'cross-site' });
    expect([back.location, again.sessionCookie]).toEqual(['/?error=server_error', undefined]);
  });
});

describe('the public profile, where the token answer has no name', () => {
  test('fills in name and picture, and is asked without any credential', async () => {
    const browser = await logInAt(bff, provider);
    expect(await info(browser)).toMatchObject({
      name: shown(LING.user_id).user.name,
      avatar_url: PICTURE,
    });
    expect(provider.of('profile').map(({ url }) => url)).toEqual([
      `/api/user/get-profile?user_id=${LING.user_id}`,
    ]);
  });

  test.each([
    ['404', json(404, {})],
    ['ec 404', json(200, { ec: 404, em: '', data: {} })],
    ['500 HTML', text(500, 'text/html', '<h1>x')],
    ['HTML', text(200, 'text/html', '<h1>x')],
    ['half an object', text(200, 'application/json', '{"ec":200,')],
    ['a list', json(200, [])],
    ['no user', json(200, { ec: 200, em: '', data: { user: null } })],
    ['somebody else', json(200, { ec: 200, em: '', data: shown(BO.user_id) })],
    ['a redirect', redirectTo(302, '/api/user/get-profile')],
    ['64 MB', huge],
    ['silence', hang],
    ['a reset connection', reset],
  ] as [string, Answer][])('%s: the login works without a name', async (_name, answer) => {
    provider.next('profile', answer);
    const browser = await logInAt(isEndless(answer) ? hasty : bff, provider);
    expect(await info(browser)).toEqual({ id: LING.user_id, private_id: LING.user_private_id });
    expect(called()).toEqual(['token', 'profile']);
  });

  test.each(['javascript:alert(1)', 'http://pic1.afdiancdn.com/u.jpg', '//evil.example/u', 'x', 7])(
    'S84 a picture at %j is no picture',
    async (avatar) => {
      const user = { ...shown(LING.user_id).user, avatar };
      provider.next('profile', json(200, { ec: 200, em: '', data: { user } }));
      const browser = await logInAt(bff, provider);
      expect((await info(browser)).avatar_url).toBeUndefined();
      expect((await browser.call('GET', '/auth/session')).json.user.avatar_url).toBeUndefined();
    },
  );

  test('S88 an id with signs in it asks for nothing else', async () => {
    const userId = 'a&user_id=b#c/../?d=茶';
    provider.next('token', data({ ...LING, user_id: userId }));
    const browser = await logInAt(bff, provider);
    expect((await info(browser)).id).toBe(userId);
    expect(provider.of('profile').map(({ url }) => url)).toEqual([
      `/api/user/get-profile?user_id=${encodeURIComponent(userId)}`,
    ]);
  });
});

describe('S33 who refuses is not sent back', () => {
  test('nothing is left in Redis, and the next login works', async () => {
    const browser = new Browser(bff);
    const before = await redis.keys();
    for (let visit = 0; visit < 3; visit += 1) await walkThrough(browser, provider);
    expect([await redis.keys(), await isSignedIn(browser), called()]).toEqual([before, false, []]);
    expect((await tryToLogIn(browser, provider)).location).toBe('/?login=success');
  });

  test('a callback without a code is a failure', async () => {
    const browser = new Browser(bff);
    const path = new URL(await walkThrough(browser, provider), bff.origin);
    path.searchParams.delete('code');
    const back = await browser.open(path.pathname + path.search, { from: 'cross-site' });
    expect([back.location, called()]).toEqual(['/?error=missing_parameters', []]);
  });
});

test('its three domains are a matter of the base URL, with and without a slash', async () => {
  const domains = {
    afdian: 'https://afdian.com',
    net: 'https://afdian.net',
    ifdian: 'https://ifdian.net/',
    usual: '',
  };
  const settings = Object.entries(domains).flatMap(([id, url]) => {
    const prefix = `OAUTH_${id.toUpperCase()}_`;
    return Object.entries({
      [`${prefix}PROFILE`]: 'afdian',
      [`${prefix}CLIENT_ID`]: 'night-library',
      [`${prefix}CLIENT_SECRET`]: provider.clientSecret,
      ...(url && { [`${prefix}BASE_URL`]: url }),
    });
  });
  const env = { OAUTH_PROVIDERS: Object.keys(domains).join(','), ...Object.fromEntries(settings) };
  const many = await startBff({ provider, redisUrl: inject('redisUrl'), env });
  try {
    for (const [id, url] of Object.entries(domains)) {
      const start = await new Browser(many).open(`/auth/oauth/start?provider=${id}`);
      const origin = url.replace(/\/$/, '') || 'https://afdian.com';
      expect(start.location.split('?')[0]).toBe(`${origin}/oauth2/authorize`);
    }
  } finally {
    await many.stop();
  }
});

test('S3 S5 S89 all this time the client did what the document says', () => {
  expect(provider.violations).toEqual([]);
});

auditAtTheEnd(() => [bff, hasty]);
