import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import { auditAtTheEnd } from './audit.ts';
import { type BffProcess, startBff } from './bff-process.ts';
import type { Browser } from './browser-jar.ts';
import { canary } from './canaries.ts';
import { isEndless, PATIENT, startHasty } from './hasty.ts';
import {
  type Answer,
  breakInTheMiddle,
  drip,
  hang,
  huge,
  json,
  redirectTo,
  reset,
  text,
} from './provider-answers.ts';
import { logInAt } from './strict-login.ts';
import { OWN_HEADERS, StrictRememberizer } from './strict-rememberizer.ts';

let provider: StrictRememberizer;
let bff: BffProcess;
let hasty: BffProcess;
let member: Browser;

beforeAll(async () => {
  provider = await new StrictRememberizer().open();
  const env = { OAUTH_PROFILE: 'rememberizer', ...PATIENT };
  bff = await startBff({ provider, redisUrl: inject('redisUrl'), env });
  hasty = await startHasty(bff, provider);
  member = await logInAt(bff, provider);
}, 30_000);

beforeEach(() => {
  provider.behave();
  provider.calls.length = 0;
});

afterAll(async () => {
  await Promise.all([bff.stop(), hasty.stop()]);
  await provider.close();
});

const documents = (browser = member, via = bff) =>
  browser.call('GET', '/api/provider/documents/', { via });
const memorize = (browser = member, via = bff) =>
  browser.call('POST', '/api/provider/documents/memorize/', {
    headers: { 'content-type': 'application/json' },
    body: '{"name":"Tea"}',
    via,
  });
const isSignedIn = async (browser = member) =>
  (await browser.call('GET', '/auth/session')).json.authenticated;

describe('S97 what succeeds at the provider succeeds here', () => {
  const passed: [string, number, string][] = [
    ['an object', 200, '{"count":1,"results":[{"id":1}]}'],
    ['an array', 200, '[{"id":1},{"id":2}]'],
    ['something new', 201, '{"id":7}'],
    ['numbers beyond what scripts can count', 200, '{"id": 123456789012345678901234567890}'],
    ['markup in JSON', 200, '{"html":"<script>alert(1)</script>\u2028"}'],
    ['2 MiB', 200, JSON.stringify({ content: 'x'.repeat(2 * 1024 * 1024) })],
  ];
  test.each(passed)('%s: %i, byte by byte', async (_name, status, body) => {
    provider.next('other', text(status, 'application/json', body));
    const got = await documents();
    expect(got.status).toBe(status);
    expect(got.headers['content-type']).toMatch(/^application\/json\b/);
    const sha256 = (of: string) => createHash('sha256').update(of).digest('hex');
    expect(sha256(got.body)).toBe(sha256(body));
  });

  test.each(['application/json; charset=utf-8', 'Application/JSON', 'application/hal+json'])(
    'JSON of the type %s is JSON',
    async (type) => {
      provider.next('other', text(200, type, '{"a":1}'));
      expect((await documents()).json).toEqual({ a: 1 });
    },
  );

  test('204 has no body', async () => {
    provider.next('other', ({ response }) => {
      response.writeHead(204).end();
    });
    const got = await member.call('DELETE', '/api/provider/mementos/7/');
    expect([got.status, got.body]).toEqual([204, '']);
  });
});

describe('S97 what fails at the provider says so in words of ours', () => {
  const seven = { 'retry-after': '7' };
  const outcomes: [string, Answer, number, string][] = [
    ['400', json(400, { q: ['required'] }), 400, 'provider_rejected'],
    ['403', json(403, { detail: 'no' }), 403, 'provider_forbidden'],
    ['404', json(404, { detail: 'Not found.' }), 404, 'not_found'],
    ['404 HTML', text(404, 'text/html', '<h1>404'), 404, 'not_found'],
    ['405', json(405, { detail: 'Method' }), 405, 'provider_rejected'],
    ['409', json(409, {}), 409, 'provider_rejected'],
    ['413', json(413, {}), 413, 'provider_rejected'],
    ['415', json(415, {}), 415, 'provider_rejected'],
    ['418 HTML', text(418, 'text/html', '<h1>hello'), 418, 'provider_rejected'],
    ['422', json(422, { content: ['over the limit'] }), 422, 'provider_rejected'],
    ['429', json(429, {}, seven), 429, 'rate_limited'],
    ['500', json(500, { error: 'x' }), 502, 'provider_error'],
    ['500 HTML', text(500, 'text/html', '<pre>at /srv/app.py'), 502, 'provider_error'],
    ['503', json(503, {}, seven), 502, 'provider_error'],
    ['HTML', text(200, 'text/html', '<h1>hello'), 502, 'provider_error'],
    ['JSON that says it is HTML', text(200, 'text/html', '{}'), 502, 'provider_error'],
    ['JSON that says it is text', text(200, 'text/plain', '{}'), 502, 'provider_error'],
    ['JSON with padding', text(200, 'application/javascript', 'f({})'), 502, 'provider_error'],
    ['half an object', text(200, 'application/json', '{"a":'), 502, 'provider_error'],
    ['nothing', text(200, 'application/json', ''), 502, 'provider_error'],
    ['text as JSON', text(200, 'application/json', 'hello'), 502, 'provider_error'],
    ['S95 301 with the slash added', redirectTo(301, '/api/v1/account/'), 502, 'provider_error'],
    ['S95 302 elsewhere', redirectTo(302, 'http://127.0.0.1:9/'), 502, 'provider_error'],
    ['S95 307', redirectTo(307, 'https://evil.example/'), 502, 'provider_error'],
    ['304', redirectTo(304, '/'), 502, 'provider_error'],
    ['64 MB', huge, 502, 'provider_error'],
    ['an answer that breaks off', breakInTheMiddle, 502, 'provider_error'],
    ['silence', hang, 504, 'provider_timeout'],
    ['a byte now and then', drip, 504, 'provider_timeout'],
    ['a connection that is reset', reset, 503, 'provider_unavailable'],
  ];

  test.each(outcomes)('%s', async (_name, answer, status, error) => {
    for (const ask of [documents, memorize]) {
      provider.calls.length = 0;
      provider.next('other', answer);
      const got = await ask(member, isEndless(answer) ? hasty : bff);
      expect([got.status, got.error], got.summary).toEqual([status, error]);
      expect(got.location).toBe('');
      expect(provider.calls, 'nothing is tried twice').toHaveLength(1);
      const retryAfter = { rate_limited: /^7$/, provider_unavailable: /^\d+$/ }[error] ?? /^$/;
      expect(got.headers['retry-after'] ?? '').toMatch(retryAfter);
      expect(got.body).not.toMatch(/required|over the limit|srv|hello/);
    }
    expect(await isSignedIn()).toBe(true);
  });

  test.each(['Fri, 20 Nov 2026 20:00:00 GMT', '-1', 'x\t', '1e9'])(
    'S83 429 with Retry-After: %j passes on a number of seconds',
    async (value) => {
      provider.next('other', json(429, {}, { 'retry-after': value }));
      expect((await documents()).headers['retry-after']).toMatch(/^[1-9]\d{0,5}$/);
    },
  );

  test('no connection: 503, and the session works when the provider is back', async () => {
    await provider.close();
    const got = await documents();
    expect([got.status, got.error], got.summary).toEqual([503, 'provider_unavailable']);
    expect(Number(got.headers['retry-after'])).toBeGreaterThan(0);
    await provider.open();
    expect((await documents()).status).toBe(200);
  });

  test('what the provider says in an error is neither shown nor logged', async () => {
    const secret = canary('DESCRIPTION');
    provider.next('other', json(422, { detail: secret }, { 'x-detail': secret }));
    const got = await documents();
    expect(JSON.stringify(got)).not.toContain(secret);
    expect(bff.output()).not.toContain(secret);
  });
});

describe('S93 S94 of the provider’s headers none passes', () => {
  const own = [
    'cloakroom=planted',
    'evil.example',
    'gunicorn',
    'theirs',
    'max-age=0',
    'unsafe-inline',
  ];

  test.each([200, 201, 403, 404, 422, 500])('with status %i', async (status) => {
    provider.next('other', ({ response }) => {
      response.writeHead(status, { ...OWN_HEADERS, 'content-type': 'application/json' }).end('{}');
    });
    const got = await documents();
    expect(got.status).toBe(status === 500 ? 502 : status);
    const headers = JSON.stringify(got.headers);
    for (const value of own) expect(headers).not.toContain(value);
    const none = [
      'set-cookie',
      'location',
      'link',
      'refresh',
      'server',
      'x-internal',
      'etag',
      'vary',
    ];
    const more = ['www-authenticate', 'alt-svc', 'service-worker-allowed', 'clear-site-data'];
    expect(Object.keys(got.headers).filter((name) => [...none, ...more].includes(name))).toEqual(
      [],
    );
    expect(got.cookies).toEqual([]);
  });

  test('S90 nor what its header Connection names, nor a trailer', async () => {
    provider.next('other', ({ response }) => {
      response.writeHead(200, {
        'content-type': 'application/json',
        connection: 'x-internal',
        'x-internal': 'theirs',
        'keep-alive': 'timeout=999',
        trailer: 'x-later',
        'transfer-encoding': 'chunked',
      });
      response.write('{}');
      response.addTrailers({ 'x-later': 'theirs' });
      response.end();
    });
    const got = await documents();
    expect(got.status).toBe(200);
    expect(JSON.stringify(got.headers)).not.toMatch(/theirs|999|x-later/);
  });
});

describe('S110 a 401 of the provider', () => {
  test.each([
    ['a read', documents],
    ['a write', memorize],
  ])('%s: one refresh, one repetition, as if nothing had been', async (_name, ask) => {
    const browser = await logInAt(bff, provider);
    provider.expireAccessTokens();
    provider.calls.length = 0;
    expect((await ask(browser)).status).toBe(200);
    expect(provider.calls.map(({ endpoint }) => endpoint)).toEqual(['other', 'token', 'other']);
    const [first, second] = provider.of('other');
    expect(second?.body.equals(first?.body ?? Buffer.alloc(1))).toBe(true);
    expect([second?.method, second?.url]).toEqual([first?.method, first?.url]);
    expect(second?.headers.authorization).not.toBe(first?.headers.authorization);
  });

  test('again after the refresh: 401 session_expired, no third call', async () => {
    const browser = await logInAt(bff, provider);
    provider.always('other', json(401, { detail: 'no' }));
    provider.calls.length = 0;
    const got = await memorize(browser);
    expect([got.status, got.error], got.summary).toEqual([401, 'session_expired']);
    expect(provider.calls.map(({ endpoint }) => endpoint)).toEqual(['other', 'token', 'other']);
    expect(browser.sessionCookie).toBeUndefined();
  });

  test('that came late is answered by the newer token, and nobody writes twice', async () => {
    const browser = await logInAt(bff, provider);
    provider.expireAccessTokens();
    provider.calls.length = 0;
    const answers = await Promise.all(Array.from({ length: 10 }, () => memorize(browser.clone())));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(provider.refreshes()).toHaveLength(1);
    expect(provider.reuses).toBe(0);
  });

  test('S96 many sessions at once: each speaks with its own token', async () => {
    const browsers = await Promise.all(
      Array.from({ length: 8 }, (_, at) =>
        logInAt(bff, provider, {
          keeper: { id: 100 + at, name: `n${at}`, email: `${at}@x.example` },
        }),
      ),
    );
    provider.expireAccessTokens();
    const answers = await Promise.all(
      browsers.flatMap((browser, at) =>
        [documents, () => browser.call('GET', '/api/user/info')].map(async (ask) => {
          const { status, json: body } = await ask(browser);
          return [status, body.id === undefined || body.id === 100 + at];
        }),
      ),
    );
    expect(answers.filter(([status, own]) => status !== 200 || !own)).toEqual([]);
  });
});

test('S3 S5 S89 all this time the client did what the documents say', () => {
  expect(provider.violations).toEqual([]);
});

auditAtTheEnd(() => [bff, hasty]);
