import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, inject, test } from 'vitest';
import { auditAtTheEnd } from './audit.ts';
import { type BffProcess, startBff } from './bff-process.ts';
import type { Browser } from './browser-jar.ts';
import {
  type Answer,
  after,
  breakInTheMiddle,
  drip,
  hang,
  huge,
  json,
  redirectTo,
  reset,
  text,
} from './provider-answers.ts';
import { type RedisView, viewRedis } from './redis-keys.ts';
import { signIn } from './sign-in.ts';
import { StrictProvider } from './strict-provider.ts';
import { ALICE } from './strict-tokens.ts';

let provider: StrictProvider;
let bff: BffProcess;
let redis: RedisView;
let browser: Browser;

beforeAll(async () => {
  provider = await new StrictProvider().open();
  const env = { PROVIDER_TIMEOUT_MS: '600' };
  bff = await startBff({ provider, redisUrl: inject('redisUrl'), env });
  redis = await viewRedis(inject('redisUrl'), bff.prefix);
  browser = await signIn(bff, provider);
}, 30_000);

afterEach(() => provider.behave());

afterAll(async () => {
  await bff.stop();
  redis.close();
  await provider.close();
});

const bombBytes = gzipSync(`{"username":"${'x'.repeat(30_000_000)}"}`);
const bomb: Answer = ({ response }) => {
  response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' });
  response.end(bombBytes);
};
const stacked: Answer = ({ response }) => {
  const encodings = Array(50).fill('gzip').join(', ');
  response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': encodings });
  response.end(gzipSync('{}'));
};

/** What the provider does, and what the page is told: status and code (several where the contract leaves room). */
const OUTCOMES: [string, Answer, number, string[]][] = [
  ['403', json(403, { error: 'insufficient_scope' }), 403, ['provider_forbidden']],
  ['404', json(404, { error: 'x' }), 404, ['not_found']],
  ['429', json(429, {}, { 'retry-after': '7' }), 429, ['rate_limited']],
  ['500 JSON', json(500, { error: 'x' }), 502, ['provider_error']],
  ['500 HTML', text(500, 'text/html', '<h1>at /srv/x.js</h1>'), 502, ['provider_error']],
  ['503', json(503, {}, { 'retry-after': '9' }), 502, ['provider_error']],
  ['200 HTML', text(200, 'text/html', '<h1>hello</h1>'), 502, ['provider_error']],
  [
    '200 JSON that says it is HTML',
    text(200, 'text/html', JSON.stringify(ALICE)),
    502,
    ['provider_error'],
  ],
  ['200 empty', text(200, 'application/json', ''), 502, ['provider_error']],
  ['204', text(204, 'application/json', ''), 502, ['provider_error']],
  ['200 cut off', text(200, 'application/json', '{"id":1,'), 502, ['provider_error']],
  ['200 null', json(200, null), 502, ['provider_error']],
  ['200 an array', json(200, [ALICE]), 502, ['provider_error']],
  ['200 a string', json(200, 'x'), 502, ['provider_error']],
  ['302 to another host', redirectTo(302, 'http://127.0.0.1:9/x'), 502, ['provider_error']],
  ['307 to another path', redirectTo(307, '/api/oauth2/topup'), 502, ['provider_error']],
  ['64 MB', huge, 502, ['provider_error']],
  ['a gzip bomb', bomb, 502, ['provider_error']],
  ['50 encodings', stacked, 502, ['provider_error']],
  ['a break in the middle', breakInTheMiddle, 502, ['provider_error']],
  ['no answer', hang, 504, ['provider_timeout']],
  ['a byte now and then', drip, 504, ['provider_timeout']],
  ['an answer that is too late', after(900), 504, ['provider_timeout']],
];

describe.each(['/api/user/info', '/api/user/topup'])(
  'S46 S47 S48 S95 S97 %s when the provider answers',
  (path) => {
    const endpoint = path === '/api/user/info' ? 'userinfo' : 'topup';

    test.each(OUTCOMES)('%s', async (_name, answer, status, codes) => {
      provider.always(endpoint, answer);
      const before = { other: provider.count('other'), refreshes: provider.count('token') };
      const begun = performance.now();
      const got = await browser.call('GET', path);
      expect(performance.now() - begun).toBeLessThan(4000);
      expect([got.status, codes], got.summary).toEqual([
        status,
        codes.includes(got.error ?? '') ? codes : [got.error],
      ]);
      expect(got.cookies).toEqual([]);
      if (status === 429) expect(got.headers['retry-after']).toBe('7');
      if (status === 503) expect(got.headers['retry-after']).toMatch(/^\d+$/);
      expect([provider.count('other'), provider.count('token')]).toEqual([
        before.other,
        before.refreshes,
      ]);
      provider.behave();
      const next = await browser.call('GET', path);
      expect(next.status, 'the next call').toBe(200);
    });

    test('a reset connection is 502 or 503, and the session stays', async () => {
      provider.always(endpoint, reset);
      const got = await browser.call('GET', path);
      expect([502, 503], got.summary).toContain(got.status);
      provider.behave();
      expect((await browser.call('GET', path)).status).toBe(200);
    });

    test('nothing, because nobody listens: 503, and the session stays', async () => {
      await provider.close();
      const got = await browser.call('GET', path);
      await provider.open();
      expect([got.status, got.error], got.summary).toEqual([503, 'provider_unavailable']);
      expect(got.cookies).toEqual([]);
      expect((await browser.call('GET', path)).status).toBe(200);
    });

    test('429 without Retry-After: ours has one all the same', async () => {
      provider.next(endpoint, json(429, {}));
      const got = await browser.call('GET', path);
      expect([got.status, got.error]).toEqual([429, 'rate_limited']);
      expect(got.headers['retry-after']).toMatch(/^\d+$/);
    });

    test('429 with a date: as many seconds as there are to it', async () => {
      const in40Seconds = new Date(Date.now() + 40_000).toUTCString();
      provider.next(endpoint, json(429, {}, { 'retry-after': in40Seconds }));
      const wait = Number((await browser.call('GET', path)).headers['retry-after']);
      expect(wait > 25 && wait <= 41, String(wait)).toBe(true);
    });

    test.each([400, 402, 409, 410, 418, 422, 451])(
      '%i: an error of its own kind, session kept',
      async (status) => {
        provider.next(endpoint, json(status, { error: 'SECRET_TEXT' }));
        const got = await browser.call('GET', path);
        expect([status, 502], got.summary).toContain(got.status);
        expect(['provider_rejected', 'provider_error']).toContain(got.error);
        expect(got.body).not.toContain('SECRET_TEXT');
        expect((await browser.call('GET', path)).status).toBe(200);
      },
    );

    test('S110 401 once: one refresh, one repetition, as if nothing had been', async () => {
      const before = {
        refreshes: provider.count('token', 'refresh_token'),
        calls: provider.count(endpoint),
      };
      provider.next(endpoint, json(401, { error: 'invalid_token' }));
      expect((await browser.call('GET', path)).status).toBe(200);
      expect(provider.count('token', 'refresh_token')).toBe(before.refreshes + 1);
      expect(provider.count(endpoint)).toBe(before.calls + 2);
      expect(provider.calls.at(-1)?.headers.authorization).not.toBe(
        provider.calls.at(-3)?.headers.authorization,
      );
    });

    test('S60 S110 401 again after the refresh: the session has ended', async () => {
      const other = await signIn(bff, provider);
      const keys = new Set(await redis.keys());
      const before = {
        refreshes: provider.count('token', 'refresh_token'),
        calls: provider.count(endpoint),
      };
      provider.always(endpoint, json(401, { error: 'invalid_token' }));
      const got = await other.call('GET', path);
      expect([got.status, got.error]).toEqual([401, 'session_expired']);
      expect(other.sessionCookie).toBeUndefined();
      expect(got.cookies[0]?.attributes).toMatchObject({
        path: '/',
        httponly: '',
        samesite: 'Strict',
      });
      expect(provider.count('token', 'refresh_token')).toBe(before.refreshes + 1);
      expect(provider.count(endpoint)).toBe(before.calls + 2);
      expect((await redis.keys()).length).toBeLessThan(keys.size);
      expect((await other.call('GET', path)).error).toBe('not_authenticated');
    });
  },
);

test('nothing of all this made the client break a rule of the provider', () => {
  expect(provider.violations).toEqual([]);
  expect(provider.tokens.reuses).toBe(0);
});

auditAtTheEnd(() => [bff]);
