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

describe('S83 S101 S127 S128 S131 oddities end in 4xx or a closed connection', () => {
  const lines = [
    'GET /%',
    'GET /%zz',
    'GET /%ff',
    'GET /?a=%',
    'GET /?return_to=%ff',
    'GET /api/%',
    'GET /api/%ff',
    'GET /auth/%',
    'GET /auth/sessions/%',
    'DELETE /auth/sessions/%',
    'DELETE /auth/sessions/%ff',
    'GET /oauth/callback?code=%&state=%ff',
    'GET /oauth/callback/%',
    'GET /oauth/callback/%ff',
    'GET /oauth/callback/..%2f',
    'GET /assets/%',
    'GET /assets/%00',
    'GET /%00',
    'GET /assets/..%2f..%2fpackage.json',
    'TRACE /',
    'TRACK /',
    'PROPFIND /api/user/info',
    'get /api/user/info',
    'OPTIONS *',
    'GET *',
    'GET /\u00e9',
    `GET /${'a/'.repeat(4000)}`,
    `GET /?${'a=b&'.repeat(3000)}`,
    `GET /oauth/callback?${'state[]=x&'.repeat(1200)}`,
    `GET /oauth/callback?${'a[b]'.repeat(500)}=1`,
    'GET /api/user/info?__proto__[x]=1&constructor[prototype][y]=2',
    'POST /oauth/callback',
    'QUERY /api/user/info',
    'GET /auth/oauth/start?return_to=/\u000b',
    'GET  /',
    'GET /x y',
  ];
  test.each(lines)('%s', async (line) => {
    for (const headers of [session, `${session}X-CSRF: 1\r\n`, ''])
      expectNoHarm(await raw(bff, request(line, headers)));
  });

  test.each([
    ['HTTP/0.9', 'GET /\r\n\r\n'],
    ['no version', 'GET / \r\nHost: x\r\n\r\n'],
    ['HTTP/1.0 without Host', 'GET /healthz HTTP/1.0\r\n\r\n'],
    ['HTTP/1.1 without Host', 'GET /healthz HTTP/1.1\r\nConnection: close\r\n\r\n'],
    ['HTTP/9.9', 'GET / HTTP/9.9\r\nHost: x\r\n\r\n'],
    ['HTTP/2 preface', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
    ['a TLS hello', Buffer.from('16030100510100004d0303', 'hex').toString('latin1')],
    ['null bytes', '\0\0\0\0\r\n\r\n'],
    ['CONNECT', 'CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example\r\n\r\n'],
    ['an empty Host', 'GET /auth/oauth/start HTTP/1.1\r\nHost:\r\nConnection: close\r\n\r\n'],
    [
      'a Host that is none',
      'GET /auth/oauth/start HTTP/1.1\r\nHost: a b/../\\@[::\r\nConnection: close\r\n\r\n',
    ],
    [
      'an upgrade to WebSocket',
      'GET /api/user/info HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: x3JJHMbDL1EzLkh9GBhXDw==\r\nSec-WebSocket-Version: 13\r\n\r\n',
    ],
    [
      'an upgrade to h2c',
      'GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n\r\n',
    ],
    [
      'Expect: evil',
      'POST /auth/logout HTTP/1.1\r\nHost: x\r\nX-CSRF: 1\r\nExpect: evil\r\nContent-Length: 3\r\nConnection: close\r\n\r\nabc',
    ],
    [
      'Expect: 100-continue for 11 MB',
      'POST /auth/logout HTTP/1.1\r\nHost: x\r\nX-CSRF: 1\r\nContent-Type: application/json\r\nExpect: 100-continue\r\nContent-Length: 11000000\r\nConnection: close\r\n\r\n',
    ],
    [
      'a gzip body that is none',
      'POST /auth/logout HTTP/1.1\r\nHost: x\r\nX-CSRF: 1\r\nContent-Type: application/json\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\nConnection: close\r\n\r\nabc',
    ],
    [
      'a charset that is none',
      'POST /auth/logout HTTP/1.1\r\nHost: x\r\nX-CSRF: 1\r\nContent-Type: application/json; charset=evil\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}',
    ],
  ])('%s', async (_name, bytes) => {
    const answer = await raw(bff, bytes);
    expect(statusOf(answer) === 101, 'switched protocols').toBe(false);
    expectNoHarm(answer.replace(/^HTTP\/1.1 100 Continue\r\n\r\n/, ''));
  });

  test.each([
    ['a header of 20 KB', `X-A: ${'a'.repeat(20_000)}\r\n`, [431]],
    ['2,500 headers', 'X-A: b\r\n'.repeat(2500), [431]],
    ['a cookie of 15 KB', `Cookie: cloakroom=${'a'.repeat(15_000)}\r\n`, [200, 403, 431]],
    ['a cookie of many pairs', `Cookie: ${'cloakroom=a; '.repeat(1000)}\r\n`, [200, 403, 431]],
  ])('S16 S62 S128 %s', async (_name, headers, statuses) => {
    expect(statuses).toContain(statusOf(await raw(bff, request('GET /auth/session', headers))));
  });

  test('S90 Connection cannot take the token or the rules away', async () => {
    const headers = `${session}Connection: close, authorization, x-request-id, sec-fetch-site, cookie\r\nTE: trailers\r\n`;
    const answer = await raw(
      bff,
      `GET /api/user/info HTTP/1.1\r\nHost: localhost:${bff.port}\r\n${headers}\r\n`,
    );
    expectNoHarm(answer);
    for (const call of provider.calls)
      expect(call.headers.authorization).toMatch(/^Bearer AT_CANARY/);
  });

  test('S83 nothing of a request gets into the head of an answer', async () => {
    for (const line of [
      'GET /%0d%0aSet-Cookie:%20a=b',
      'GET /auth/oauth/start?return_to=/%0d%0aSet-Cookie:%20a=b',
      'GET /oauth/callback?error=%0d%0aSet-Cookie:%20a=b',
      'GET /auth/oauth/start?provider=%0d%0aSet-Cookie:%20a=b',
      'GET /oauth/callback/%0d%0aSet-Cookie:%20a=b',
    ]) {
      const [head = ''] = (await raw(bff, request(line))).split('\r\n\r\n');
      expect(head).not.toMatch(/^set-cookie: a=b/im);
    }
  });

  test('S134 no line of the log can be forged', async () => {
    const forged = '%0a{"level":30,"event":"login.succeeded"}';
    await raw(
      bff,
      request(
        `GET /${forged}?x=${forged}`,
        `User-Agent: x{"level":30}\r\nX-Request-Id: a"b\\u000a{"event":"forged"}\r\n`,
      ),
    );
    const written = bff.output().split('\n').filter(Boolean);
    expect(
      written.filter((line) => line.startsWith('{"level":30,"event":"login.succeeded"}')),
    ).toEqual([]);
  });
});

test('S127 after all this the process is the same, the session too, and nothing answered 500', async () => {
  expect((await member.call('GET', '/api/user/info')).status).toBe(200);
  expect(({} as Record<string, unknown>).x).toBeUndefined();
  expect(bff.output()).not.toMatch(/"status":500|"level":60|unhandled/i);
});

auditAtTheEnd(() => [bff]);
