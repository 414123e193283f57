import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { auditAtTheEnd } from './audit.ts';
import { type BffProcess, startBff } from './bff-process.ts';
import { Browser } from './browser-jar.ts';
import { signIn } from './sign-in.ts';
import { StrictProvider } from './strict-provider.ts';
import { account } from './strict-tokens.ts';

let provider: StrictProvider;
let bff: BffProcess;
let member: Browser;

beforeAll(async () => {
  provider = await new StrictProvider().open();
  bff = await startBff({ provider, redisUrl: inject('redisUrl') });
  member = await signIn(bff, provider, { account: account(1, 'rules') });
}, 30_000);

afterAll(async () => {
  await bff.stop();
  await provider.close();
});

const ROUTES: Record<string, readonly string[]> = {
  '/auth/session': ['GET'],
  '/auth/sessions': ['GET'],
  '/auth/providers': ['GET'],
  '/auth/logout': ['POST'],
  '/auth/logout/all': ['POST'],
  '/api/user/info': ['GET'],
  '/api/user/topup': ['GET'],
};

describe('wrong methods, paths and bodies', () => {
  test.each(
    Object.entries(ROUTES).flatMap(([path, allowed]) =>
      ['POST', 'PUT', 'PATCH', 'DELETE', 'GET', 'PROPFIND']
        .filter((method) => !allowed.includes(method))
        .map((method) => [method, path]),
    ) as [string, string][],
  )('S70 %s %s is 405 with Allow', async (method, path) => {
    const headers = { 'x-csrf': '1' };
    const answer = await member.call(method, path, { headers });
    expect([answer.status, answer.error]).toEqual([405, 'method_not_allowed']);
    expect(answer.headers.allow).toContain(ROUTES[path]?.[0]);
    expect((await member.call('GET', '/auth/session')).json.authenticated).toBe(true);
  });

  test.each([
    '/api',
    '/api/',
    '/auth',
    '/auth/',
    '/api/user',
    '/api/user/nothing',
    '/auth/nothing',
    '/api/provider',
    '/api/provider/',
    '/api/provider/api/oauth2/userinfo',
    '/api/provider/../user/info',
    '/api/provider/%2e%2e/user/info',
    '/api/provider/documents/',
    '/api/user/info/x.css',
    '/api/user/info.js',
    '/api/user/info;a.png',
    '/api/user/info%2ecss',
    '/auth/session/..%2fa.css',
    '/auth/oauth',
    '/auth/oauth/nothing',
    '/auth/password',
    '/auth/logout/continue',
    '/api/provider/documents/',
    '/api/provider/',
    '/api/user/infox',
    '/api/user/info%00',
  ])('S86 S88 S119 GET %s is 404 and reaches no provider', async (path) => {
    const calls = provider.calls.length;
    const answer = await member.call('GET', path);
    expect([answer.status, answer.headers['content-type']]).toEqual([
      404,
      'application/problem+json; charset=utf-8',
    ]);
    expect(['not_found', 'not_supported']).toContain(answer.error);
    expect(provider.calls.length).toBe(calls);
  });

  test.each(['signin', 'signup', 'verify-email'])(
    'POST /auth/password/%s is for another profile',
    async (path) => {
      const headers = { 'content-type': 'application/json' };
      const answer = await member.call('POST', `/auth/password/${path}`, {
        headers,
        body: '{"login":"a","password":"b","captcha":"c"}',
      });
      expect(answer.status).toBe(404);
    },
  );

  const large = JSON.stringify({ a: 'x'.repeat(70_000) });
  const bodies: [string, string, number, string | null][] = [
    ['application/json', '{}', 200, null],
    ['application/json; charset=utf-8', '{"a":1}', 200, null],
    ['application/json', '{"a":', 400, 'invalid_request'],
    ['application/json', '\u0000', 400, 'invalid_request'],
    ['application/json; charset=evil', '{}', 415, 'unsupported_media_type'],
    ['application/json', large, 413, 'payload_too_large'],
    ['application/json', large.repeat(30), 413, 'payload_too_large'],
    ['text/plain', '{}', 415, 'unsupported_media_type'],
    ['text/plain; application/json', '{}', 415, 'unsupported_media_type'],
    ['application/x-www-form-urlencoded', '_method=GET', 415, 'unsupported_media_type'],
    ['multipart/form-data; boundary=x', '--x--', 415, 'unsupported_media_type'],
    ['application/xml', '<a/>', 415, 'unsupported_media_type'],
  ];
  test.each(bodies)('S69 S100 a body of %s %.20s is %i', async (type, body, status, code) => {
    const headers = { 'content-type': type, 'x-http-method-override': 'GET' };
    const answer = await new Browser(bff).call('POST', '/auth/logout', { headers, body });
    expect([answer.status, status === 200 ? null : answer.error]).toEqual([status, code]);
    if (status === 200) return;
    expect((await member.call('POST', '/auth/logout', { headers, body })).status).toBe(status);
    expect((await member.call('GET', '/auth/session')).json.authenticated).toBe(true);
  });

  test('S100 S132 a compressed body is bounded by what it holds', async () => {
    const body = gzipSync(`{"a":"${'x'.repeat(5_000_000)}"}`);
    const headers = { 'content-type': 'application/json', 'content-encoding': 'gzip' };
    const answer = await new Browser(bff).call('POST', '/auth/logout', { headers, body });
    expect([413, 415], answer.summary).toContain(answer.status);
  });

  test('HEAD is refused where GET is, and has no body', async () => {
    const refused = await member.send('HEAD', '/api/user/info', {
      headers: { 'sec-fetch-site': 'cross-site' },
    });
    expect([refused.status, refused.body]).toEqual([403, '']);
    const stranger = await new Browser(bff).call('HEAD', '/api/user/info');
    expect([stranger.status, stranger.body]).toEqual([401, '']);
    expect((await member.call('HEAD', '/auth/session')).body).toBe('');
  });

  test('S98 a stranger gets 401 as JSON at once, whatever it accepts', async () => {
    const calls = provider.calls.length;
    for (const path of ['/api/user/info', '/api/user/topup', '/auth/sessions']) {
      const headers = {
        accept: 'text/html',
        authorization: 'Bearer evil',
        'user-agent': 'kube-probe/1.30',
      };
      const answer = await new Browser(bff).call('GET', path, { headers });
      expect([answer.status, answer.error, answer.location]).toEqual([
        401,
        'not_authenticated',
        '',
      ]);
      expect(answer.cookies).toEqual([]);
    }
    expect(provider.calls.length).toBe(calls);
  });

  test.each([
    '/api/user/info?/healthz',
    '/healthz/../api/user/info',
    '/healthz/api/user/info',
    '/readyz/x',
  ])('S102 nothing makes %s a health check', async (path) => {
    const answer = await new Browser(bff).send('GET', path);
    expect(answer.status).not.toBe(500);
    expect(answer.body).not.toContain('CANARY');
    expect(answer.body).not.toBe('{"status":"ok"}');
  });
});

auditAtTheEnd(() => [bff]);
