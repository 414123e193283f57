import { afterAll, afterEach, beforeAll, describe, expect, inject, test } from 'vitest';
import { auditAtTheEnd } from './audit.ts';
import { type BffProcess, startBff } from './bff-process.ts';
import type { Browser } from './browser-jar.ts';
import { json, text, withHeaders } from './provider-answers.ts';
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

const info = () => browser.call('GET', '/api/user/info');

describe('GET /api/user/info', () => {
  test('gives exactly the documented fields, unchanged', async () => {
    const answer = await info();
    expect(answer.status).toBe(200);
    expect(answer.headers['content-type']).toMatch(/^application\/json\b/);
    expect(answer.json).toEqual(ALICE);
  });

  test('S7 drops every other field', async () => {
    const extra =
      '"access_token":"AT","password_hash":"x","__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"role":100,"aff_code":"x","nested":{"a":[1,2]},"balance":7';
    const body = `{${extra},${JSON.stringify(ALICE).slice(1)}`;
    provider.next('userinfo', text(200, 'application/json', body));
    const answer = await info();
    expect(answer.json).toEqual(ALICE);
    expect(answer.body).not.toContain('polluted');
    expect((await browser.call('GET', '/auth/session')).body).not.toContain('polluted');
  });

  test('leaves out what the provider leaves out', async () => {
    const { id, username } = ALICE;
    provider.next('userinfo', json(200, { id, username }));
    expect((await info()).json).toEqual({ id, username });
    provider.next(
      'userinfo',
      json(200, { id, balance_formatted: '0.00', quota: 0, used_quota: 0 }),
    );
    expect((await info()).json).toEqual({ id, balance_formatted: '0.00', quota: 0, used_quota: 0 });
  });

  test('S77 S133 passes text on as JSON, never as a document', async () => {
    const username = '<img src=x onerror=alert(1)>\u2028';
    provider.next('userinfo', json(200, { ...ALICE, username }));
    const answer = await info();
    expect(answer.json.username).toBe(username);
    expect(answer.headers['content-type']).toMatch(/^application\/json/);
  });

  test('S89 S90 S91 S99 sends the provider its token and nothing of the browser', async () => {
    const before = provider.calls.length;
    const headers = {
      authorization: 'Bearer evil',
      'proxy-authorization': 'Basic evil',
      'x-api-key': 'evil',
      'x-user-id': 'evil',
      dpop: 'evil',
      'x-csrf': '1',
      'x-forwarded-for': '6.6.6.6',
      x_forwarded_for: '6.6.6.6',
      'x-forwarded-host': 'evil.example',
      'x-forwarded-user': 'evil',
      forwarded: 'for=6.6.6.6',
      'x-real-ip': '6.6.6.6',
      via: '1.1 evil',
      te: 'trailers',
      'accept-language': 'evil',
      referer: 'http://evil.example/',
      'x-request-id': 'evil',
      traceparent: 'evil',
      'x-original-url': '/evil',
      'x-http-method-override': 'DELETE',
      range: 'bytes=0-1',
      'if-none-match': '"evil"',
      cookie: browser.sessionCookie?.raw.split(';')[0] ?? '',
    };
    const answer = await browser.call('GET', '/api/user/info?access_token=x&a=1&a=2&__proto__=1', {
      headers,
    });
    expect(answer.status).toBe(200);
    const [call, ...more] = provider.calls.slice(before);
    expect([call?.method, call?.url, more.length]).toEqual(['GET', '/api/oauth2/userinfo', 0]);
    const names = (call?.rawHeaders ?? [])
      .filter((_, at) => at % 2 === 0)
      .map((name) => name.toLowerCase());
    const allowed = [
      'host',
      'connection',
      'accept',
      'accept-encoding',
      'user-agent',
      'authorization',
    ];
    expect(names.filter((name) => !allowed.includes(name))).toEqual([]);
    expect(JSON.stringify(call?.rawHeaders)).not.toMatch(/evil|6\.6\.6\.6|cloakroom=/);
    expect(call?.headers.authorization).toMatch(/^Bearer AT_CANARY_/);
    expect(call?.headers.host).toBe(new URL(provider.url).host);
  });

  test('S93 S94 hands no header of the provider to the browser', async () => {
    const given = {
      'set-cookie': [
        '__Host-Http-cloakroom=evil; Path=/',
        'cloakroom=evil; Path=/; Domain=localhost',
      ],
      'access-control-allow-origin': '*',
      'content-security-policy': 'default-src *',
      'strict-transport-security': 'max-age=0',
      'clear-site-data': '"*"',
      server: 'evil',
      location: 'http://evil.example/',
      refresh: '0; url=http://evil.example/',
      link: '<x>; rel=preload',
      'www-authenticate': 'Basic realm=evil',
      'service-worker-allowed': '/',
      'alt-svc': 'h3=":443"',
      'x-frame-options': 'ALLOWALL',
      'cache-control': 'public, max-age=99',
      etag: '"evil"',
      'x-internal': 'evil',
      connection: 'x-internal',
      'x-powered-by': 'evil',
      'content-disposition': 'attachment',
      vary: 'evil',
      'last-modified': 'Thu, 01 Jan 1970 00:00:00 GMT',
    };
    provider.next('userinfo', withHeaders(given));
    const answer = await info();
    expect(answer.status).toBe(200);
    expect(answer.cookies).toEqual([]);
    expect(JSON.stringify(answer.headers)).not.toContain('evil');
    for (const name of [
      'refresh',
      'link',
      'alt-svc',
      'clear-site-data',
      'service-worker-allowed',
      'location',
      'content-disposition',
      'server',
      'last-modified',
    ])
      expect(answer.headers).not.toHaveProperty(name);
    expect(answer.headers['cache-control']).toContain('no-store');
  });
});

auditAtTheEnd(() => [bff]);
