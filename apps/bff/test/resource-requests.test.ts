import { createHash, randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import { auditAtTheEnd } from './audit.ts';
import { type BffProcess, startBff } from './bff-process.ts';
import type { Browser } from './browser-jar.ts';
import { PATIENT } from './hasty.ts';
import { raw, statusOf } from './raw-request.ts';
import { logInAt } from './strict-login.ts';
import { StrictRememberizer } from './strict-rememberizer.ts';

const MEBIBYTE = 1024 * 1024;
const JSON_TYPE = { 'content-type': 'application/json' };

let provider: StrictRememberizer;
let bff: BffProcess;
let member: Browser;

beforeAll(async () => {
  provider = await new StrictRememberizer().open();
  const env = { OAUTH_PROFILE: 'rememberizer', ...PATIENT };
  bff = await startBff({ provider, redisUrl: inject('redisUrl'), env });
  member = await logInAt(bff, provider);
}, 30_000);

beforeEach(() => {
  provider.behave();
  provider.calls.length = 0;
});

afterAll(async () => {
  await bff.stop();
  await provider.close();
});

const memorize = (body: string | Buffer, headers: Record<string, string> = JSON_TYPE) =>
  member.call('POST', '/api/provider/documents/memorize/', { body, headers });
const sha256 = (body: string | Buffer) => createHash('sha256').update(body).digest('hex');

/** A JSON object of exactly this many bytes. */
function jsonOf(bytes: number): string {
  const frame = JSON.stringify({ name: 'Tea', content: '' });
  const noise = randomBytes(bytes).toString('base64');
  return frame.replace('""', `"${noise.slice(0, bytes - frame.length)}"`);
}

describe('S99 the query is made anew', () => {
  const search = (query: string) => member.call('GET', `/api/provider/documents/search/?${query}`);

  test.each([
    ['q=tea&n=3', 'q=tea&n=3'],
    ['access_token=x&q=1&a=1&a=2&__proto__=1&constructor=2', 'q=1'],
    ['q=b%26c%3d1', 'q=b%26c%3D1'],
    ['q=a%20b+c', 'q=a+b+c'],
    ['%71=tea', 'q=tea'],
    ['q=%E8%8C%B6', 'q=%E8%8C%B6'],
    ['q=1;n=2', 'q=1%3Bn%3D2'],
    ['q=%26access_token%3Dx%23y', 'q=%26access_token%3Dx%23y'],
    ['q=1?n=2', 'q=1%3Fn%3D2'],
    ['q=../account/', 'q=..%2Faccount%2F'],
    ['Q=1&q[]=2&q%00=3&n%20=4', ''],
    ['q=%', 'q=%25'],
    ['q=%0d%0aX-A:%20b', 'q=%0D%0AX-A%3A+b'],
    ['q=', 'q='],
    ['q', 'q='],
    ['', ''],
  ])('%s becomes %s', async (sent, expected) => {
    const got = await search(sent);
    expect(got.status, got.summary).toBe(200);
    expect(provider.calls.map(({ url }) => url)).toEqual([
      `/api/v1/documents/search/${expected === '' ? '' : `?${expected}`}`,
    ]);
  });

  test.each(['q=1&q=2', 'q=1&q=1', 'q=1&%71=2', 'q=1&n=3&n=', 'from=1&to=2&from=3'])(
    '%s: given twice is 400, and reaches nobody',
    async (query) => {
      const got = await search(query);
      expect([got.status, got.error], got.summary).toEqual([400, 'invalid_request']);
      expect(provider.calls).toEqual([]);
    },
  );
});

describe('S100 a body', () => {
  test.each([
    ['an object', '{"name":"Tea","content":"Oolong"}'],
    ['an array', '[1,2,3]'],
    ['odd spaces', '{ "name" :\t"Tea" ,\r\n "content":"x" }\n'],
    ['escapes and names given twice', '{"a":"\\u0041\\/","a":1e2,"n":1.0,"__proto__":{"x":1}}'],
    ['numbers beyond what scripts can count', '{"n":123456789012345678901234567890}'],
    ['signs of all languages', '{"name":"烏龍茶 🍵 \u2028 é"}'],
    ['1 MiB to the byte', jsonOf(MEBIBYTE)],
  ])('%s arrives byte by byte', async (_name, body) => {
    const got = await memorize(body);
    expect(got.status, got.summary).toBe(200);
    const [arrived] = provider.calls;
    expect(sha256(arrived?.body ?? '')).toBe(sha256(body));
    expect(arrived?.headers['content-length']).toBe(String(Buffer.byteLength(body)));
    expect(arrived?.headers['content-type']).toBe('application/json');
  });

  test('in pieces, and again after a 401: byte by byte, twice', async () => {
    const browser = await logInAt(bff, provider);
    provider.expireAccessTokens();
    provider.calls.length = 0;
    const body = jsonOf(MEBIBYTE);
    const got = await browser.call('POST', '/api/provider/documents/memorize/', {
      body,
      headers: JSON_TYPE,
    });
    expect(got.status, got.summary).toBe(200);
    expect(provider.calls.map(({ endpoint }) => endpoint)).toEqual(['other', 'token', 'other']);
    for (const call of provider.of('other')) expect(sha256(call.body)).toBe(sha256(body));
    member = await logInAt(bff, provider);
  });

  test('of 1 MiB and a byte is 413, declared or in chunks', async () => {
    const body = jsonOf(MEBIBYTE + 1);
    const declared = await memorize(body);
    expect([declared.status, declared.error]).toEqual([413, 'payload_too_large']);
    const pieces = Array.from({ length: 65 }, (_, at) =>
      body.slice(at * 16_384, (at + 1) * 16_384),
    );
    const chunked = await bff.pool.request({
      method: 'POST',
      path: '/api/provider/documents/memorize/',
      body: Readable.from(pieces),
      headers: {
        ...JSON_TYPE,
        host: new URL(bff.origin).host,
        cookie: `cloakroom=${member.sessionCookie?.value}`,
        'x-csrf': '1',
      },
    });
    expect(chunked.statusCode).toBe(413);
    await chunked.body.dump();
    expect(provider.calls).toEqual([]);
  });

  test('in chunks that are small enough arrives whole', async () => {
    const body = jsonOf(200_000);
    const head = [
      ...['POST /api/provider/documents/memorize/ HTTP/1.1', 'Host: localhost', 'X-CSRF: 1'],
      ...[`Cookie: cloakroom=${member.sessionCookie?.value}`, 'Content-Type: application/json'],
      ...['Transfer-Encoding: chunked', 'Expect: 100-continue', 'Connection: close', '', ''],
    ].join('\r\n');
    const half = body.length / 2;
    const chunk = (text: string) => `${text.length.toString(16)}\r\n${text}\r\n`;
    const sent = head + chunk(body.slice(0, half)) + chunk(body.slice(half)) + chunk('');
    expect(await raw(bff, sent, 3000)).toContain('HTTP/1.1 200');
    expect(sha256(provider.calls[0]?.body ?? '')).toBe(sha256(body));
  });

  test('may be absent', async () => {
    const got = await member.call('POST', '/api/provider/documents/memorize/');
    expect(got.status, got.summary).toBe(200);
    expect(provider.calls[0]?.body).toHaveLength(0);
  });

  test.each([
    '{',
    '{"a":1',
    '{"a":1}}',
    "{'a':1}",
    'null x',
    'NaN',
    '{"a":1}\0',
    '\u{feff}{}',
    '<a/>',
  ])('%j is no JSON: 400', async (body) => {
    const got = await memorize(body);
    expect([got.status, got.error], got.summary).toEqual([400, 'invalid_request']);
    expect(got.body).not.toContain('a":1');
    expect(provider.calls).toEqual([]);
  });

  test('with too few bytes waits for nobody: nothing reaches the provider', async () => {
    const head = [
      ...['POST /api/provider/documents/memorize/ HTTP/1.1', 'Host: localhost', 'X-CSRF: 1'],
      ...[`Cookie: cloakroom=${member.sessionCookie?.value}`, 'Content-Type: application/json'],
      ...['Content-Length: 50', '', '{"a":1}'],
    ].join('\r\n');
    expect([0, 400, 408]).toContain(statusOf(await raw(bff, head, 300)));
    expect(provider.calls).toEqual([]);
  });

  test.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/json;x',
    'application/jsonp',
    'application/vnd.api+json',
    'text/json',
    '',
  ])('S69 of the type %j is 415', async (type) => {
    const got = await memorize('{"name":"Tea"}', type === '' ? {} : { 'content-type': type });
    expect([got.status, got.error], got.summary).toEqual([415, 'unsupported_media_type']);
    expect(provider.calls).toEqual([]);
  });

  test.each(['gzip', 'deflate', 'br', 'x-gzip'])('compressed by %s is 415', async (encoding) => {
    const got = await memorize(gzipSync(jsonOf(1000)), {
      ...JSON_TYPE,
      'content-encoding': encoding,
    });
    expect([got.status, got.error], got.summary).toEqual([415, 'unsupported_media_type']);
    expect(provider.calls).toEqual([]);
  });

  test('S92 of a GET never goes to the provider', async () => {
    const body = '{"name":"Tea"}';
    await member.call('GET', '/api/provider/documents/', { body, headers: JSON_TYPE });
    for (const { body: arrived } of provider.calls) expect(arrived).toHaveLength(0);
  });
});

describe('S89 S90 S91 of the headers none goes to the provider', () => {
  const BROWSERS = {
    authorization: 'Bearer AT-of-somebody-else',
    'proxy-authorization': 'Basic eDp5',
    'x-api-key': 'mine',
    'x-user-id': '42',
    'x-csrf': '1',
    dpop: 'proof',
    'user-agent': 'Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0',
    'accept-encoding': 'gzip, br',
    'accept-language': 'zh-TW',
    accept: 'text/html',
    referer: 'http://localhost/',
    range: 'bytes=0-1',
    'if-none-match': '"x"',
    'x-forwarded-for': '203.0.113.9',
    'x-forwarded-host': 'evil.example',
    'x-forwarded-user': 'jun',
    x_forwarded_for: '203.0.113.9',
    forwarded: 'for=203.0.113.9',
    'x-real-ip': '203.0.113.9',
    via: '1.1 evil',
    'x-original-url': '/account/',
    te: 'trailers',
    priority: 'u=1',
    cookie2: 'x',
  };

  test.each([
    ['GET', 'documents/', ''],
    ['POST', 'documents/memorize/', '{}'],
    ['DELETE', 'mementos/1/', ''],
  ])('%s %s: ours, and only ours', async (method, path, body) => {
    const headers = { ...BROWSERS, ...(body && JSON_TYPE) };
    const sent = body ? { headers, body } : { headers };
    const got = await member.call(method, `/api/provider/${path}`, sent);
    expect(got.status, got.summary).toBe(200);
    const [call] = provider.calls;
    const { authorization, accept, 'content-length': length, ...others } = call?.headers ?? {};
    expect(authorization).toMatch(/^Bearer AT_CANARY_/);
    expect(accept).toBe('application/json');
    expect(Number(length ?? 0)).toBe(body.length);
    const expected = ['accept-encoding', 'connection', ...(body ? ['content-type'] : []), 'host'];
    expect(Object.keys(others).sort()).toEqual(expected);
  });

  test('S90 what the header Connection names is not lost', async () => {
    const head = [
      ...['GET /api/provider/documents/ HTTP/1.1', 'Host: localhost', 'X-CSRF: 1'],
      ...[`Cookie: cloakroom=${member.sessionCookie?.value}`, 'Connection: close, authorization'],
      ...['Connection: x-csrf, cookie', '', ''],
    ].join('\r\n');
    expect(statusOf(await raw(bff, head, 3000))).toBe(200);
    expect(provider.calls[0]?.headers.authorization).toMatch(/^Bearer AT_CANARY_/);
  });
});

test('S3 S5 S89 all this time the client did what the documents say', () => {
  expect(provider.violations).toEqual([]);
});

auditAtTheEnd(() => [bff]);
