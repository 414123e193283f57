import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import { auditAtTheEnd } from './audit.ts';
import { type BffProcess, startBff, startRefused } from './bff-process.ts';
import { Browser } from './browser-jar.ts';
import { canary } from './canaries.ts';
import { isEndless, PATIENT, startHasty } from './hasty.ts';
import { type Answer, hang, json, redirectTo, reset, text } from './provider-answers.ts';
import { type ForumUser, GUEST, SHUFEN, StrictFlarum } from './strict-flarum.ts';
import { failToLogIn, logInAt, tryToLogIn, walkThrough } from './strict-login.ts';

/** What PHP puts in front of everything where its warnings are shown. */
const WARNING = '<br />\n<b>Warning</b>: Undefined property: nickname in /srv/forum.php<br />\n';

let provider: StrictFlarum;
let bff: BffProcess;
let hasty: BffProcess;

beforeAll(async () => {
  provider = await new StrictFlarum().open();
  // A forum that shares its host with other things.
  provider.folder = '/community';
  const env = { OAUTH_PROFILE: 'flarum', ...PATIENT };
  bff = await startBff({ provider, redisUrl: inject('redisUrl'), env });
  hasty = await startHasty(bff, provider);
}, 30_000);

beforeEach(() => {
  provider.behave();
  provider.calls.length = 0;
  Object.assign(provider, { expiresIn: '3600', scope: 'user.read' });
});

afterAll(async () => {
  await Promise.all([bff.stop(), hasty.stop()]);
  await provider.close();
});

const info = (browser: Browser) => browser.call('GET', '/api/user/info');
const called = () => provider.calls.map(({ endpoint }) => endpoint);
const isSignedIn = async (browser: Browser) =>
  (await browser.call('GET', '/auth/session')).json.authenticated;
const refusal = (error: string) =>
  json(200, { error, error_description: canary('DESCRIPTION'), error_uri: 'http://x.example' });
const warned = (body: unknown) => text(200, 'application/json', WARNING + JSON.stringify(body));

describe('a login', () => {
  test('S20 asks for user.read below the forum’s folder, without PKCE', async () => {
    const { location } = await new Browser(bff).open('/auth/oauth/start', { from: 'same-origin' });
    const { origin, pathname, searchParams } = new URL(location);
    expect(origin + pathname).toBe(`${provider.url}/oauth/authorize`);
    expect(Object.fromEntries(searchParams)).toEqual({
      client_id: provider.clientId,
      redirect_uri: `${bff.origin}/oauth/callback`,
      response_type: 'code',
      scope: 'user.read',
      state: expect.stringMatching(/^[\w-]{22,}$/),
    });
  });

  test('shows the user as the forum has it', async () => {
    const browser = await logInAt(bff, provider);
    expect((await info(browser)).json).toEqual(SHUFEN);
    const { user } = (await browser.call('GET', '/auth/session')).json;
    expect(user).toEqual({
      id: 9,
      username: 'shufen',
      name: 'shufen',
      email: 'shufen@example.com',
      avatar_url: SHUFEN.avatar_url,
    });
  });

  test('a nickname is the name, where the forum has nicknames', async () => {
    const browser = await logInAt(bff, provider, { ...SHUFEN, nickname: '淑芬' });
    const { user } = (await browser.call('GET', '/auth/session')).json;
    expect([user.name, user.username]).toEqual(['淑芬', 'shufen']);
  });

  test('S7 fields that no document lists stay here', async () => {
    const more = { password: 'x', access_token: 'y', preferences: {}, is_admin: true };
    const browser = await logInAt(bff, provider, { ...SHUFEN, ...more });
    expect((await info(browser)).json).toEqual(SHUFEN);
  });

  const optional = Object.keys(SHUFEN).filter((name) => name !== 'id');
  test.each(optional)('the administrator may hide %s', async (hidden) => {
    const user: ForumUser = { ...SHUFEN };
    delete user[hidden as keyof ForumUser];
    const browser = await logInAt(bff, provider, user);
    expect((await info(browser)).json).toEqual(user);
  });

  test('the administrator may hide all but the id', async () => {
    const browser = await logInAt(bff, provider, { id: 9 });
    expect((await info(browser)).json).toEqual({ id: 9 });
    expect((await browser.call('GET', '/auth/session')).json.user).toEqual({ id: 9 });
  });

  test('offers no top-up and no resources', async () => {
    const browser = await logInAt(bff, provider);
    expect((await browser.call('GET', '/api/user/topup')).error).toBe('not_supported');
    expect((await browser.call('GET', '/api/provider/documents/')).error).toBe('not_found');
    provider.calls.length = 0;
    expect((await browser.call('POST', '/auth/logout')).json).toEqual({ logout_url: null });
    expect(called()).toEqual([]);
  });
});

describe('S45 the token answer', () => {
  test.each([
    ['3600', 'user.read'],
    [3600, 'user.read'],
    ['7200', ''],
    [3600, null],
  ])('expires_in %j and scope %j: a session', async (expiresIn, scope) => {
    Object.assign(provider, { expiresIn, scope });
    const browser = await logInAt(bff, provider);
    expect((await info(browser)).status).toBe(200);
    expect(provider.refreshes()).toEqual([]);
  });

  const tokens = { access_token: 'a', expires_in: '3600', token_type: 'Bearer', scope: '' };
  test.each([
    ['invalid_grant', refusal('invalid_grant')],
    ['invalid_client', refusal('invalid_client')],
    ['redirect_uri_mismatch', refusal('redirect_uri_mismatch')],
    ['unauthorized_client', refusal('unauthorized_client')],
    ['an error beside tokens', json(200, { ...tokens, error: 'invalid_grant' })],
    ['a warning of PHP in front', warned(tokens)],
    ['no access token', json(200, { ...tokens, access_token: undefined })],
    ['an expires_in that is no number', json(200, { ...tokens, expires_in: 'soon' })],
    ['an expires_in below zero', json(200, { ...tokens, expires_in: '-1' })],
    ['HTML', text(200, 'text/html', '<h1>x')],
    ['a list', json(200, [])],
    ['a redirect', redirectTo(302, '/')],
    ['405', json(405, { errors: [{ status: '405' }] })],
  ] as [string, Answer][])('%s: server_error, no session', async (_name, answer) => {
    provider.next('token', answer);
    await failToLogIn(bff, provider, 'server_error');
    expect(called()).toEqual(['token']);
  });

  test.each([
    ['silence', hang],
    ['a reset connection', reset],
  ] as [string, Answer][])('%s: provider_unavailable', async (_name, answer) => {
    provider.next('token', answer);
    await failToLogIn(isEndless(answer) ? hasty : bff, provider, 'provider_unavailable');
  });
});

/** What `GET /api/user` may say to a token that it does not take, all with HTTP 200. */
const NOBODY: [string, Answer][] = [
  ['a guest', json(200, GUEST)],
  ['invalid_token', refusal('invalid_token')],
  ['insufficient_scope', refusal('insufficient_scope')],
  ['invalid_request', refusal('invalid_request')],
  ['a warning of PHP in front', warned(SHUFEN)],
  ['id 0', json(200, { ...SHUFEN, id: 0 })],
  ['a negative id', json(200, { ...SHUFEN, id: -9 })],
  ['an id as text', json(200, { ...SHUFEN, id: '9' })],
  ['no id', json(200, { ...SHUFEN, id: undefined })],
  ['an empty object', json(200, {})],
  ['a list', json(200, [SHUFEN])],
  ['500', json(500, { errors: [{ status: '500', code: 'unknown' }] })],
  ['HTML', text(200, 'text/html', '<h1>x')],
];

test.each(NOBODY)('S41 a login as %s is nobody’s: server_error', async (_name, answer) => {
  provider.next('user', answer);
  await failToLogIn(bff, provider, 'server_error');
});

describe('S97 the API with HTTP 200 for everything', () => {
  test('insufficient_scope is 403 provider_forbidden, and the session stays', async () => {
    const browser = await logInAt(bff, provider);
    provider.next('user', refusal('insufficient_scope'));
    const got = await info(browser);
    expect([got.status, got.error], got.summary).toEqual([403, 'provider_forbidden']);
    expect(await isSignedIn(browser)).toBe(true);
    expect(provider.refreshes()).toEqual([]);
  });

  test.each([
    ['a guest', json(200, GUEST)],
    ['invalid_token', refusal('invalid_token')],
  ] as [string, Answer][])('%s once: one refresh, one repetition', async (_name, answer) => {
    const browser = await logInAt(bff, provider);
    provider.next('user', answer);
    provider.calls.length = 0;
    expect((await info(browser)).json).toEqual(SHUFEN);
    expect(called()).toEqual(['user', 'token', 'user']);
  });

  test.each([
    ['a guest', json(200, GUEST)],
    ['invalid_token', refusal('invalid_token')],
  ] as [string, Answer][])('%s for good: 401 after one refresh', async (_name, answer) => {
    const browser = await logInAt(bff, provider);
    provider.always('user', answer);
    provider.calls.length = 0;
    const got = await info(browser);
    expect([got.status, got.error], got.summary).toEqual([401, 'session_expired']);
    expect(called()).toEqual(['user', 'token', 'user']);
    expect(browser.sessionCookie).toBeUndefined();
  });

  test.each([
    ['a warning of PHP in front', warned(SHUFEN)],
    ['500: the user is gone', json(500, { errors: [{ status: '500' }] })],
    ['another user', json(200, { ...SHUFEN, id: 10 })],
    ['an id that is hidden now', json(200, { ...SHUFEN, id: undefined })],
    ['an unknown error', refusal('something_else')],
    ['HTML', text(200, 'text/html', '<h1>x')],
  ] as [string, Answer][])('%s: 502, and the session stays', async (_name, answer) => {
    const browser = await logInAt(bff, provider);
    provider.next('user', answer);
    const got = await info(browser);
    expect([got.status, got.error], got.summary).toEqual([502, 'provider_error']);
    expect(got.body).not.toMatch(/Warning|forum\.php/);
    expect(await isSignedIn(browser)).toBe(true);
  });
});

describe('S33 who denies', () => {
  test('and is sent back with access_denied: no session, none lost', async () => {
    const browser = await logInAt(bff, provider);
    const { location } = await browser.open('/auth/oauth/start', { from: 'same-origin' });
    const back = await browser.open(provider.deny(location), { from: 'cross-site' });
    expect(back.location).toBe('/?error=access_denied');
    expect(await isSignedIn(browser)).toBe(true);
    const stranger = await new Browser(bff).open(provider.deny(location), { from: 'cross-site' });
    expect(stranger.location).toBe('/?error=invalid_state');
  });

  test('and is sent nowhere: nothing happens, the next login works', async () => {
    const browser = new Browser(bff);
    await walkThrough(browser, provider);
    expect([await isSignedIn(browser), called()]).toEqual([false, []]);
    expect((await tryToLogIn(browser, provider)).location).toBe('/?login=success');
  });
});

test('a forum has no address of its own: the start names the setting that is missing', async () => {
  const env = {
    PORT: '0',
    OAUTH_PROFILE: 'flarum',
    OAUTH_CLIENT_ID: 'client1',
    OAUTH_CLIENT_SECRET: provider.clientSecret,
  };
  const { code, output } = await startRefused(env);
  expect([code, output.includes('OAUTH_BASE_URL')]).toEqual([78, true]);
});

test('S3 S5 S89 all this time the client did what the plugin expects', () => {
  expect(provider.violations).toEqual([]);
});

auditAtTheEnd(() => [bff, hasty]);
