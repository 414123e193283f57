import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import { auditAtTheEnd } from './audit.ts';
import { type BffProcess, startBff } from './bff-process.ts';
import { Browser } from './browser-jar.ts';
import { leaks } from './canaries.ts';
import { isEndless, PATIENT, startHasty } from './hasty.ts';
import { passwordCall, signInWithPassword } from './password-call.ts';
import { type Answer, hang, huge, json, redirectTo, reset, text } from './provider-answers.ts';
import { type RedisView, viewRedis } from './redis-keys.ts';
import { member, StrictAccount } from './strict-account.ts';

let provider: StrictAccount;
let bff: BffProcess;
let hasty: BffProcess;
let redis: RedisView;

beforeAll(async () => {
  provider = await new StrictAccount().open();
  const env = {
    OAUTH_PROFILE: 'rememberizer-account',
    OAUTH_CLIENT_ID: '',
    OAUTH_CLIENT_SECRET: '',
    RATE_LIMIT_PASSWORD: '0',
    ...PATIENT,
  };
  bff = await startBff({ provider, redisUrl: inject('redisUrl'), env });
  hasty = await startHasty(bff, provider);
  redis = await viewRedis(inject('redisUrl'), bff.prefix);
}, 30_000);

beforeEach(() => {
  provider.behave();
  provider.calls.length = 0;
  provider.signsInAtOnce = false;
});

afterAll(async () => {
  await Promise.all([bff.stop(), hasty.stop()]);
  redis.close();
  await provider.close();
});

/** Whom to ask where the provider answers like this. */
const askedFor = (answer: Answer) => (isEndless(answer) ? hasty : bff);
const called = () => provider.calls.map(({ endpoint }) => endpoint);
const isSignedIn = async (browser: Browser) =>
  (await browser.call('GET', '/auth/session')).json.authenticated;
const credentials = (who = provider.enrol()) => ({
  login: who.login,
  password: who.password,
  captcha: 'solved',
});

describe('a sign-in', () => {
  test('relays login, password and captcha, and answers the session', async () => {
    const [who, browser] = [provider.enrol(), new Browser(bff)];
    const sent = credentials(who);
    const answer = await passwordCall(browser, 'signin', { form: { ...sent, admin: true } });
    expect([answer.status, answer.json]).toEqual([
      200,
      {
        authenticated: true,
        provider: 'rememberizer-account',
        user: { id: who.id, email: who.login, name: 'Member' },
        created_at: expect.stringMatching(/Z$/),
        idle_expires_at: expect.stringMatching(/Z$/),
        absolute_expires_at: expect.stringMatching(/Z$/),
      },
    ]);
    const { json: session } = await browser.call('GET', '/auth/session');
    expect(session.user).toEqual(answer.json.user);
    expect(JSON.parse(provider.of('signin')[0]?.body.toString() ?? '')).toEqual(sent);
    expect(called()).toEqual(['signin', 'account']);
  });

  test('S7 of the account only what is listed reaches the browser', async () => {
    const browser = await signInWithPassword(new Browser(bff), provider.enrol());
    const info = await browser.call('GET', '/api/user/info');
    expect(Object.keys(info.json).sort()).toEqual(['email', 'id', 'name']);
    expect((await browser.call('GET', '/api/user/topup')).error).toBe('not_supported');
  });

  test('S1 S93 sets one cookie, which is ours; the provider’s are in no readable place', async () => {
    const browser = new Browser(bff);
    const answer = await passwordCall(browser, 'signin', { form: credentials() });
    expect(answer.cookies.map(({ name }) => name)).toEqual(['cloakroom']);
    expect(browser.sessionCookie?.value).not.toBe('planted');
    const dump = JSON.stringify(await redis.dump());
    expect(dump).toContain(':session:');
    expect(leaks(dump)).toEqual([]);
  });

  test('works at the resources too', async () => {
    const browser = await signInWithPassword(new Browser(bff), provider.enrol());
    expect((await browser.call('GET', '/api/provider/documents/')).json).toEqual({ results: [] });
  });
});

/** What the provider does, and what the page is told: status and codes. */
const OUTCOMES: [string, Answer, number, string[]][] = [
  ['400', json(400, { captcha: ['x'] }), 400, ['provider_rejected']],
  ['403', json(403, { detail: 'x' }), 403, ['provider_rejected']],
  ['404', json(404, {}), 404, ['provider_rejected']],
  ['422', json(422, {}), 422, ['provider_rejected']],
  ['429', json(429, {}, { 'retry-after': '33' }), 429, ['rate_limited']],
  ['500', json(500, {}), 502, ['provider_error']],
  ['503 HTML', text(503, 'text/html', '<h1>x'), 502, ['provider_error']],
  ['302', redirectTo(302, '/api/v1/auth/signin'), 502, ['provider_error']],
  ['silence', hang, 504, ['provider_timeout']],
  ['a reset connection', reset, 503, ['provider_unavailable']],
];

describe('a sign-in that the provider does not take', () => {
  const own: typeof OUTCOMES = [
    ...OUTCOMES,
    ['401', json(401, { detail: 'x' }), 401, ['invalid_credentials']],
    ['204 without a cookie', text(204, 'text/plain', ''), 502, ['provider_error']],
    [
      '200 instead of 204',
      json(200, {}, { 'set-cookie': 'access_token=a' }),
      502,
      ['provider_error'],
    ],
    ['200 HTML', text(200, 'text/html', '<h1>x'), 502, ['provider_error']],
    ['64 MB', huge, 502, ['provider_error']],
  ];

  test.each(own)(
    '%s: no session, nothing left, nothing tried twice',
    async (_name, answer, status, codes) => {
      const before = await redis.keys();
      const browser = new Browser(askedFor(answer));
      provider.next('signin', answer);
      const got = await passwordCall(browser, 'signin', { form: credentials() });
      expect([got.status, codes.includes(got.error ?? '')], got.summary).toEqual([status, true]);
      expect(got.cookies).toEqual([]);
      expect(called()).toEqual(['signin']);
      // What others left may end meanwhile.
      expect((await redis.keys()).filter((key) => !before.includes(key))).toEqual([]);
      if (status === 429) expect(got.headers['retry-after']).toBe('33');
    },
  );

  test.each(['-5', '0', '', '1e9', '7.5', '99999999999', 'Fri, 20 Nov 2026 20:00:00 GMT'])(
    'S83 429 with Retry-After: %j asks to wait for a number of seconds that makes sense',
    async (value) => {
      provider.next('signin', json(429, {}, { 'retry-after': value }));
      const got = await passwordCall(new Browser(bff), 'signin', { form: credentials() });
      expect([got.status, got.error], got.summary).toEqual([429, 'rate_limited']);
      expect(got.headers['retry-after']).toMatch(/^\d{1,6}$/);
    },
  );

  test('a wrong password is 401 invalid_credentials, a wrong captcha 400 provider_rejected', async () => {
    const sent = credentials();
    const wrong = await passwordCall(new Browser(bff), 'signin', {
      form: { ...sent, password: member().password },
    });
    expect([wrong.status, wrong.error]).toEqual([401, 'invalid_credentials']);
    for (const captcha of ['wrong', undefined]) {
      const got = await passwordCall(new Browser(bff), 'signin', { form: { ...sent, captcha } });
      expect([got.status, got.error]).toEqual([400, 'provider_rejected']);
    }
  });

  test('nobody there: 503, and later it works', async () => {
    await provider.close();
    const sent = credentials();
    const got = await passwordCall(new Browser(bff), 'signin', { form: sent });
    expect([got.status, got.error], got.summary).toEqual([503, 'provider_unavailable']);
    expect(Number(got.headers['retry-after'])).toBeGreaterThan(0);
    await provider.open();
    await signInWithPassword(new Browser(bff), sent);
  });

  test.each([
    ['401', json(401, {}), 502],
    ['500', json(500, {}), 502],
    ['HTML', text(200, 'text/html', '<h1>x'), 502],
    ['nobody', json(200, { email: 'x@example.com' }), 502],
    ['silence', hang, 504],
  ] as [string, Answer, number][])(
    'an account that is %s: no session, neither here nor there',
    async (_name, answer, status) => {
      const browser = new Browser(askedFor(answer));
      provider.next('account', answer);
      const got = await passwordCall(browser, 'signin', { form: credentials() });
      expect(got.status, got.summary).toBe(status);
      expect([got.cookies, await isSignedIn(browser)]).toEqual([[], false]);
      await expect.poll(called).toContain('logout');
    },
  );
});

describe('a sign-up', () => {
  const newcomer = () => {
    const { login: email, password } = member();
    return { email, password, name: 'New One', captcha: 'solved' };
  };

  test('is 201 without a session where the provider sets no cookies', async () => {
    const [browser, sent] = [new Browser(bff), newcomer()];
    const got = await passwordCall(browser, 'signup', { form: { ...sent, is_staff: true } });
    expect([got.status, got.json, got.cookies]).toEqual([201, { authenticated: false }, []]);
    expect(JSON.parse(provider.calls[0]?.body.toString() ?? '')).toEqual(sent);
    await signInWithPassword(browser, { login: sent.email, password: sent.password });
  });

  test('is 201 with a session where it does', async () => {
    provider.signsInAtOnce = true;
    const [browser, sent] = [new Browser(bff), newcomer()];
    const got = await passwordCall(browser, 'signup', { form: sent });
    expect([got.status, got.json.authenticated, got.json.user.email]).toEqual([
      201,
      true,
      sent.email,
    ]);
    expect(await isSignedIn(browser)).toBe(true);
  });

  test.each(OUTCOMES)('%s: said in our words', async (_name, answer, status, codes) => {
    provider.next('signup', answer);
    const got = await passwordCall(new Browser(askedFor(answer)), 'signup', {
      form: newcomer(),
    });
    expect([got.status, codes.includes(got.error ?? '')], got.summary).toEqual([status, true]);
    expect([got.cookies, called()]).toEqual([[], ['signup']]);
  });

  test('an address that is taken is not told in the provider’s words', async () => {
    const sent = { ...newcomer(), email: provider.enrol().login };
    const got = await passwordCall(new Browser(bff), 'signup', { form: sent });
    expect([got.status, got.error]).toEqual([400, 'provider_rejected']);
    expect(got.body).not.toContain(sent.email);
  });
});

describe('the verification of an address', () => {
  const verify = (browser: Browser, code = provider.code) =>
    passwordCall(browser, 'verify-email', { form: { verification_code: code } });

  test('sends the code with the session’s own token, and answers the session', async () => {
    const browser = await signInWithPassword(new Browser(bff), provider.enrol());
    const got = await verify(browser);
    expect([got.status, got.json.authenticated]).toEqual([200, true]);
    const [call] = provider.of('verify-email');
    expect(call?.headers.authorization).toMatch(/^Bearer PROVIDER_COOKIE_CANARY/);
    expect(call?.body.toString()).toBe(JSON.stringify({ verification_code: provider.code }));
  });

  test('a wrong code is 400 provider_rejected, and the session stays', async () => {
    const browser = await signInWithPassword(new Browser(bff), provider.enrol());
    const got = await verify(browser, '000000');
    expect([got.status, got.error]).toEqual([400, 'provider_rejected']);
    expect(await isSignedIn(browser)).toBe(true);
  });

  test('S98 needs a session: 401, and reaches nobody', async () => {
    const got = await verify(new Browser(bff));
    expect([got.status, got.error, called()]).toEqual([401, 'not_authenticated', []]);
  });

  test('after a 401 is tried again once, with a fresh token', async () => {
    const browser = await signInWithPassword(new Browser(bff), provider.enrol());
    provider.expireAccess();
    provider.calls.length = 0;
    expect((await verify(browser)).status).toBe(200);
    expect(called()).toEqual(['verify-email', 'refresh', 'verify-email']);
  });

  test.each(OUTCOMES)('%s: said in our words', async (_name, answer, status, codes) => {
    const browser = await signInWithPassword(new Browser(askedFor(answer)), provider.enrol());
    provider.next('verify-email', answer);
    const got = await verify(browser);
    expect([got.status, codes.includes(got.error ?? '')], got.summary).toEqual([status, true]);
    expect(await isSignedIn(browser)).toBe(true);
  });
});

test('no browser is sent to it: start and callback know no such provider', async () => {
  const browser = new Browser(bff);
  for (const query of ['', '?provider=rememberizer-account']) {
    const start = await browser.open(`/auth/oauth/start${query}`, { from: 'same-origin' });
    expect(start.location).toBe('/?error=unknown_provider');
    expect(start.cookies).toEqual([]);
  }
  const back = await browser.open('/oauth/callback?code=x&state=y', { from: 'cross-site' });
  expect(back.location).toBe('/?error=invalid_state');
});

test('S3 S89 all this time the client did what the document says', () => {
  expect(provider.violations).toEqual([]);
});

auditAtTheEnd(() => [bff, hasty]);
