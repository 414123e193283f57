import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import { auditAtTheEnd } from './audit.ts';
import { type BffProcess, startBff, startSibling } from './bff-process.ts';
import { Browser } from './browser-jar.ts';
import { leaks } from './canaries.ts';
import { type Clock, makeClock } from './clock.ts';
import { isEndless, PATIENT, startHasty } from './hasty.ts';
import { passwordCall, signInWithPassword } from './password-call.ts';
import { type Answer, after, hang, json, reset, text } from './provider-answers.ts';
import { type RedisView, viewRedis } from './redis-keys.ts';
import { cookie, member, StrictAccount } from './strict-account.ts';

let provider: StrictAccount;
let bff: BffProcess;
let sibling: BffProcess;
let hasty: BffProcess;
let redis: RedisView;
let clock: Clock;

beforeAll(async () => {
  provider = await new StrictAccount().open();
  clock = makeClock();
  const env = {
    OAUTH_PROFILE: 'rememberizer-account',
    OAUTH_BASE_URL: `${provider.url}/`,
    RATE_LIMIT_PASSWORD: '0',
    ...PATIENT,
    ...clock.env,
  };
  bff = await startBff({ provider, redisUrl: inject('redisUrl'), env });
  sibling = await startSibling(bff, provider, { OAUTH_BASE_URL: provider.url });
  hasty = await startHasty(bff, provider);
  redis = await viewRedis(inject('redisUrl'), bff.prefix);
}, 30_000);

beforeEach(() => {
  clock.ahead(0);
  provider.behave();
  Object.assign(provider, { accessLife: 900, refreshLife: 1_209_600, rotates: true });
});

afterAll(async () => {
  await Promise.all([bff.stop(), sibling.stop(), hasty.stop()]);
  redis.close();
  clock.remove();
  await provider.close();
});

const info = (browser: Browser, via = bff) => browser.call('GET', '/api/user/info', { via });
const refreshes = () => provider.count('refresh');
const signIn = (who = provider.enrol(), browser = new Browser(bff)) =>
  signInWithPassword(browser, who);
const isSignedIn = async (browser: Browser) =>
  (await browser.call('GET', '/auth/session')).json.authenticated;
const sessions = async () => (await redis.keys()).filter((key) => key.includes(':session:'));

/** Many calls at once, over both processes: their statuses, each once. */
async function burst(browser: Browser): Promise<number[]> {
  const calls = Array.from({ length: 20 }, (_, at) =>
    info(browser.clone(), at % 2 ? bff : sibling),
  );
  return [...new Set((await Promise.all(calls)).map(({ status }) => status))];
}

describe('S104 the cookies are refreshed', () => {
  test('by the refresh cookie alone, five minutes before the access cookie ends', async () => {
    const browser = await signIn();
    const before = refreshes();
    clock.ahead(500);
    expect((await info(browser)).status).toBe(200);
    expect(refreshes()).toBe(before);
    clock.ahead(610);
    expect((await info(browser)).status).toBe(200);
    expect(refreshes()).toBe(before + 1);
    const sent = provider.of('refresh').at(-1);
    expect(cookie(sent ?? { headers: {} }, 'refresh_token')).toMatch(/^PROVIDER_COOKIE_CANARY/);
    expect([sent?.headers.authorization, sent?.body.length]).toEqual([undefined, 0]);
  });

  test('halfway through a short life', async () => {
    provider.accessLife = 400;
    const browser = await signIn();
    const before = refreshes();
    clock.ahead(100);
    await info(browser);
    expect(refreshes()).toBe(before);
    clock.ahead(205);
    await info(browser);
    expect(refreshes()).toBe(before + 1);
  });

  test.each([true, false])(
    'once for 20 calls over two processes (rotation: %s)',
    async (rotates) => {
      provider.rotates = rotates;
      const browser = await signIn();
      for (const round of [1, 2, 3]) {
        const before = refreshes();
        clock.ahead(round * 890);
        if (round === 2) provider.next('refresh', after(300));
        expect(await burst(browser)).toEqual([200]);
        expect(refreshes()).toBe(before + 1);
      }
      expect(provider.reuses).toBe(0);
    },
  );

  test('once after a 401, where the cookie says no end', async () => {
    provider.accessLife = null;
    const browser = await signIn();
    const before = refreshes();
    clock.ahead(11 * 3600);
    expect((await info(browser)).status).toBe(200);
    expect(refreshes()).toBe(before);
    provider.expireAccess();
    expect(await burst(browser)).toEqual([200]);
    expect(refreshes()).toBe(before + 1);
  });

  test('and whatever else is in the jar stays in it, each where it belongs', async () => {
    const browser = await signIn();
    clock.ahead(610);
    await info(browser);
    const [refresh, account] = [provider.of('refresh').at(-1), provider.of('account').at(-1)];
    expect(refresh?.headers.cookie).toMatch(/affinity=.*only_for_auth=|only_for_auth=.*affinity=/);
    expect(account?.headers.cookie).toContain('affinity=');
    expect(account?.headers.cookie).not.toMatch(/only_for_auth|foreign/);
    expect(account?.headers.authorization).toBe(
      `Bearer ${cookie(account ?? { headers: {} }, 'access_token')}`,
    );
  });

  test('S110 a refresh that sets no cookie is one, and the call is repeated once', async () => {
    const browser = await signIn();
    provider.expireAccess();
    provider.always('refresh', ({ response }) => void response.writeHead(204).end());
    provider.calls.length = 0;
    const got = await info(browser);
    expect([got.status, got.error], got.summary).toEqual([401, 'session_expired']);
    expect(provider.calls.map(({ endpoint }) => endpoint)).toEqual([
      'account',
      'refresh',
      'account',
    ]);
  });

  test('S1 and nothing of them can be read in Redis', async () => {
    const browser = await signIn();
    clock.ahead(610);
    await info(browser);
    expect(leaks(JSON.stringify(await redis.dump()))).toEqual([]);
  });
});

describe('S109 a refresh that fails', () => {
  test.each([400, 401, 403])(
    'with %i ends the session: 401, cookie cleared, nothing left',
    async (status) => {
      const before = await sessions();
      const browser = await signIn();
      clock.ahead(901);
      provider.always('refresh', json(status, { detail: 'x' }));
      const got = await info(browser);
      expect([got.status, got.error], got.summary).toEqual([401, 'session_expired']);
      expect(browser.sessionCookie).toBeUndefined();
      expect(await sessions()).toEqual(before);
    },
  );

  test('is one call for all who wait, and all are told', async () => {
    const browser = await signIn();
    clock.ahead(901);
    const before = refreshes();
    provider.always('refresh', json(401, {}));
    expect(await burst(browser)).toEqual([401]);
    expect(refreshes()).toBe(before + 1);
  });

  const outages: [string, Answer][] = [
    ['503', json(503, {})],
    ['429', json(429, {})],
    ['silence', hang],
    ['a reset connection', reset],
    ['502 HTML', text(502, 'text/html', '<h1>x')],
  ];
  test.each(outages)(
    'by %s keeps the session: the old cookie while it lives, then 503',
    async (_name, answer) => {
      const browser = await signIn();
      const via = isEndless(answer) ? hasty : bff;
      provider.always('refresh', answer);
      clock.ahead(620);
      expect((await info(browser, via)).status).toBe(200);
      clock.ahead(910);
      expect((await info(browser, via)).status).toBe(503);
      expect(await isSignedIn(browser)).toBe(true);
    },
  );

  test('is made good when the provider is back, with the same refresh cookie', async () => {
    const browser = await signIn();
    provider.next('refresh', json(503, {}));
    clock.ahead(910);
    const status = async () => (await info(browser)).status;
    expect(await status()).toBe(503);
    await expect.poll(status, { timeout: 9000, interval: 200 }).toBe(200);
    expect(provider.reuses).toBe(0);
  });

  test('because the refresh cookie has ended ends the session', async () => {
    provider.refreshLife = 1000;
    const browser = await signIn();
    clock.ahead(1001);
    expect((await info(browser)).error).toBe('session_expired');
    expect(browser.sessionCookie).toBeUndefined();
  });
});

describe('S112 S113 logout', () => {
  test('calls custom-logout with the cookies; then they are worth nothing', async () => {
    const browser = await signIn();
    const copy = browser.clone();
    const before = provider.count('logout');
    const got = await browser.call('POST', '/auth/logout');
    expect([got.status, got.json]).toEqual([200, { logout_url: null }]);
    expect(provider.count('logout')).toBe(before + 1);
    const sent = provider.of('logout').at(-1) ?? { headers: {} };
    for (const name of ['access_token', 'refresh_token'])
      expect(cookie(sent, name)).toMatch(/^PROVIDER_COOKIE_CANARY/);
    expect([(await info(copy)).error, browser.sessionCookie]).toEqual([
      'not_authenticated',
      undefined,
    ]);
  });

  const troubles: [string, Answer][] = [
    ['500', json(500, {})],
    ['401', json(401, {})],
    ['HTML', text(200, 'text/html', '<h1>x')],
    ['silence', hang],
    ['a reset connection', reset],
  ];
  test.each(troubles)('works where the provider answers %s', async (_name, answer) => {
    const before = await sessions();
    const browser = await signIn();
    const copy = browser.clone();
    provider.next('logout', answer);
    const begun = performance.now();
    expect((await browser.call('POST', '/auth/logout')).status).toBe(200);
    expect(performance.now() - begun).toBeLessThan(5000);
    expect((await info(copy)).error).toBe('not_authenticated');
    expect(await sessions()).toEqual(before);
  });

  test('S106 during a refresh wins, and the new cookies are given back', async () => {
    const browser = await signIn();
    clock.ahead(901);
    const [logouts, reads] = [provider.count('logout'), provider.count('account')];
    provider.next('refresh', after(600));
    // It forgets to end its own session: so the refresh brings new cookies all the same.
    provider.next('logout', json(500, {}));
    const waiting = info(browser.clone(), sibling);
    await expect.poll(() => provider.calls.at(-1)?.endpoint).toBe('refresh');
    expect((await browser.call('POST', '/auth/logout')).status).toBe(200);
    expect((await waiting).status).toBe(401);
    expect(provider.count('account')).toBe(reads);
    await expect.poll(() => provider.count('logout')).toBe(logouts + 2);
  });
});

describe('S51 S52 another sign-in', () => {
  test('has a new session id, and ends the session that this browser had', async () => {
    const who = provider.enrol();
    const browser = await signIn(who);
    const before = browser.clone();
    const keys = await sessions();
    await signIn(who, browser);
    expect(browser.sessionCookie?.value).not.toBe(before.sessionCookie?.value);
    expect((await info(before)).error).toBe('not_authenticated');
    expect((await info(browser)).status).toBe(200);
    expect(await sessions()).toHaveLength(keys.length);
  });

  test('as somebody else is somebody else', async () => {
    const [one, other] = [provider.enrol(), provider.enrol()];
    const browser = await signIn(one);
    await signIn(other, browser);
    expect((await info(browser)).json.id).toBe(other.id);
  });

  test('that fails takes nothing away', async () => {
    const browser = await signIn();
    const wrong = { login: provider.enrol().login, password: member().password, captcha: 'x' };
    expect((await passwordCall(browser, 'signin', { form: wrong })).status).toBe(401);
    expect((await info(browser)).status).toBe(200);
  });

  test('a cookie that somebody planted never becomes the session', async () => {
    const planted = await signIn();
    const value = planted.sessionCookie?.value ?? '';
    const browser = new Browser(bff);
    const { login, password } = provider.enrol();
    const got = await passwordCall(browser, 'signin', {
      form: { login, password, captcha: 'x' },
      headers: { cookie: `cloakroom=${value.slice(0, -3)}abc` },
    });
    expect(got.status).toBe(200);
    expect(browser.sessionCookie?.value.split('.')[0]).not.toBe(value.split('.')[0]);
  });
});

test('S3 S89 all this time the client did what the document says', () => {
  expect(provider.violations).toEqual([]);
});

auditAtTheEnd(() => [bff, sibling, hasty]);
