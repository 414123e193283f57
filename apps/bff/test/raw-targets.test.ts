import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import { auditAtTheEnd } from './audit.ts';
import { type BffProcess, startBff } from './bff-process.ts';
import type { Browser } from './browser-jar.ts';
import { expectNoHarm, raw, request, statusOf } from './raw-request.ts';
import { signIn } from './sign-in.ts';
import { StrictProvider } from './strict-provider.ts';

let provider: StrictProvider;
let bff: BffProcess;
let member: Browser;
let session: string;

beforeAll(async () => {
  provider = await new StrictProvider().open();
  bff = await startBff({ provider, redisUrl: inject('redisUrl') });
  member = await signIn(bff, provider);
  session = `Cookie: cloakroom=${member.sessionCookie?.value}\r\nSec-Fetch-Site: same-origin\r\n`;
}, 30_000);

beforeEach(() => {
  provider.calls.length = 0;
});

afterAll(async () => {
  await bff.stop();
  await provider.close();
});

describe('S21 S87 the target of a request changes nothing upstream', () => {
  test.each([
    ['absolute form', 'GET http://evil.example/api/user/info', ''],
    ['absolute form, https', 'GET https://evil.example:444/api/user/info', ''],
    ['two slashes', 'GET //evil.example/api/user/info', ''],
    ['user part', 'GET /api/user/info@evil.example', ''],
    [
      'X-Original-URL',
      'GET /api/user/info',
      'X-Original-URL: http://evil.example/\r\nX-Rewrite-URL: /evil\r\nX-HTTP-Host-Override: evil.example\r\n',
    ],
    ['a fragment', 'GET /api/user/info#/healthz', ''],
    ['a query', 'GET /api/user/info?url=http://evil.example/&path=/../evil', ''],
  ])('%s', async (_name, line, headers) => {
    expectNoHarm(await raw(bff, request(line, session + headers)));
    for (const { url, headers: sent } of provider.calls)
      expect([url, sent.host]).toEqual(['/api/oauth2/userinfo', new URL(provider.url).host]);
  });

  test('absolute form and a foreign Host at start: redirect_uri stays', async () => {
    for (const line of [
      'GET http://evil.example/auth/oauth/start',
      'GET //evil.example/auth/oauth/start',
    ]) {
      const answer = await raw(
        bff,
        `${line} HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n`,
      );
      expectNoHarm(answer);
      if (statusOf(answer) === 302)
        expect(answer).toContain(
          `redirect_uri=${encodeURIComponent(`${bff.origin}/oauth/callback`)}`,
        );
    }
  });
});

describe('S88 no spelling of a path reaches another one', () => {
  test.each([
    '/api/%2e%2e/oauth2/token',
    '/api/user/.%2e/info',
    '/api/user/..%2finfo',
    '/api%2fuser%2finfo',
    '/api/user%5cinfo',
    '/api\\user\\info',
    '/api/user/%252e%252e/info',
    '/api/user/..;/info',
    '/api/user/./info',
    '/api/user/info%00',
    '/api/user/info%23',
    '/api/user/info%3f',
    '/api/user/info;x=1',
    '/api/%c0%ae%c0%ae/info',
    '/api/user/info.',
    '/api/user/info%20',
    '/api/provider/%2e%2e/%2e%2e/oauth2/token',
    '/api/provider/..%2f..%2foauth2/token',
    '/api/provider/http://evil.example/',
    '/api/provider//evil.example/',
    '/api/provider/@evil.example/',
    '/api/provider/%00',
  ])('%s', async (path) => {
    expectNoHarm(await raw(bff, request(`GET ${path}`, session)));
    for (const { url } of provider.calls) expect(url).toBe('/api/oauth2/userinfo');
  });
});

const smuggled = 'SMUGGLED';

describe('S92 what is framed ambiguously is refused', () => {
  test.each([
    [
      'Content-Length and Transfer-Encoding',
      'Content-Length: 5\r\nTransfer-Encoding: chunked\r\n',
      `0\r\n\r\n${smuggled}`,
    ],
    ['two Content-Length', 'Content-Length: 5\r\nContent-Length: 6\r\n', 'hello!'],
    ['Content-Length 5, 5', 'Content-Length: 5, 6\r\n', 'hello'],
    ['a negative Content-Length', 'Content-Length: -1\r\n', ''],
    ['an unknown Transfer-Encoding', 'Transfer-Encoding: xchunked\r\n', smuggled],
    [
      'chunked, twice',
      'Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n',
      `0\r\n\r\n${smuggled}`,
    ],
    [
      'a chunk size that overflows',
      'Transfer-Encoding: chunked\r\n',
      'fffffffffffffffff\r\nx\r\n0\r\n\r\n',
    ],
    ['a chunk size that is none', 'Transfer-Encoding: chunked\r\n', 'zz\r\nx\r\n0\r\n\r\n'],
    ['a space before the colon', 'Content-Length : 5\r\n', 'hello'],
    ['a folded header', 'X-A: b\r\n c: d\r\nContent-Length: 0\r\n', ''],
    ['a line feed alone', 'X-A: b\nX-B: c\r\nContent-Length: 0\r\n', ''],
    ['a null byte in a header', 'X-A: b\0c\r\nContent-Length: 0\r\n', ''],
  ])('%s', async (_name, headers, body) => {
    const next = `GET /api/user/topup HTTP/1.1\r\nHost: x\r\n${session}\r\n`;
    const head = `POST /auth/logout/none HTTP/1.1\r\nHost: x\r\n${session}X-CSRF: 1\r\n`;
    const answer = await raw(bff, `${head}${headers}\r\n${body.replace(smuggled, next)}`);
    expectNoHarm(answer);
    expect(provider.calls, 'what was smuggled in').toEqual([]);
  });

  test('S131 two Host headers are 400', async () => {
    const answer = await raw(
      bff,
      'GET /healthz HTTP/1.1\r\nHost: a\r\nHost: b\r\nConnection: close\r\n\r\n',
    );
    expect(statusOf(answer)).toBe(400);
  });

  test('but what is framed well is read, one request after the other', async () => {
    const next = `GET /api/user/topup HTTP/1.1\r\nHost: x\r\n${session}Connection: close\r\n\r\n`;
    const answer = await raw(bff, `GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n${next}`, 2000);
    expect(answer.match(/HTTP\/1\.1 200/g)).toHaveLength(2);
    expect(provider.count('topup')).toBe(1);
  });
});

test('S127 after all this the process is the same, the session too, and nothing answered 500', async () => {
  expect((await member.call('GET', '/api/user/info')).status).toBe(200);
  expect(({} as Record<string, unknown>).x).toBeUndefined();
  expect(bff.output()).not.toMatch(/"status":500|"level":60|unhandled/i);
});

auditAtTheEnd(() => [bff]);
