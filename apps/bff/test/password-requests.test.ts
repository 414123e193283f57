import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import { auditAtTheEnd } from './audit.ts';
import { type BffProcess, startBff } from './bff-process.ts';
import { Browser, type Headers } from './browser-jar.ts';
import { passwordCall, signInWithPassword } from './password-call.ts';
import { StrictAccount } from './strict-account.ts';

const ROUTES = ['signin', 'signup', 'verify-email'] as const;
/** Stands in everything that is typed here: no answer and no log line may show it. */
const TYPED = 'typed-by-somebody-Qx7';

let provider: StrictAccount;
let bff: BffProcess;
let signedIn: Browser;

beforeAll(async () => {
  provider = await new StrictAccount().open();
  const env = { OAUTH_PROFILE: 'rememberizer-account', RATE_LIMIT_PASSWORD: '0' };
  bff = await startBff({ provider, redisUrl: inject('redisUrl'), env });
  signedIn = await signInWithPassword(new Browser(bff), provider.enrol());
}, 30_000);

beforeEach(() => {
  provider.calls.length = 0;
});

afterAll(async () => {
  await bff.stop();
  await provider.close();
});

/** A body that the route would take. */
const good = (route: (typeof ROUTES)[number]) =>
  ({
    signin: { login: TYPED, password: TYPED, captcha: TYPED },
    signup: { email: `${TYPED}@example.com`, password: TYPED, name: TYPED, captcha: TYPED },
    'verify-email': { verification_code: TYPED },
  })[route];

/** Send this to each of the three routes, signed in: every answer must be this refusal. */
async function refused(
  make: (route: (typeof ROUTES)[number]) => { form?: unknown; body?: string; headers?: Headers },
  expected: [status: number, error: string],
): Promise<void> {
  for (const route of ROUTES) {
    const got = await passwordCall(signedIn, route, make(route));
    expect([got.status, got.error], got.summary).toEqual(expected);
    expect(JSON.stringify(got)).not.toContain(TYPED);
    expect(got.cookies).toEqual([]);
  }
  expect(provider.calls).toEqual([]);
  expect(bff.output()).not.toContain(TYPED);
}

describe('S65 what another site could send is refused, and reaches nobody', () => {
  test.each<[string, Headers]>([
    ['no X-CSRF', { 'x-csrf': null }],
    ['an empty X-CSRF', { 'x-csrf': '' }],
    ['another X-CSRF', { 'x-csrf': 'true' }],
    ['another origin', { origin: 'https://evil.example' }],
    ['the origin null', { origin: 'null' }],
    ['another site', { 'sec-fetch-site': 'cross-site' }],
    ['a sibling of the site', { 'sec-fetch-site': 'same-site' }],
    ['an old browser without X-CSRF', { 'x-csrf': null, 'sec-fetch-site': null, origin: null }],
  ])('%s', async (_name, headers) => {
    await refused((route) => ({ form: good(route), headers }), [403, 'csrf_rejected']);
  });
});

describe('S69 what is no JSON is refused', () => {
  test.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/json;x',
    'application/vnd.api+json',
  ])('the type %j: 415', async (type) => {
    const headers = { 'content-type': type };
    await refused((route) => ({ form: good(route), headers }), [415, 'unsupported_media_type']);
  });

  test('no type at all: 415', async () => {
    const headers = { 'content-type': null };
    await refused((route) => ({ form: good(route), headers }), [415, 'unsupported_media_type']);
  });

  test('compressed: 415', async () => {
    const headers = { 'content-encoding': 'gzip' };
    await refused((route) => ({ form: good(route), headers }), [415, 'unsupported_media_type']);
  });
});

describe('S100 a body that cannot be read is 400, and nothing of it is told', () => {
  test.each([
    `{"login":"${TYPED}"`,
    `{"login":${TYPED}}`,
    `${TYPED}`,
    `"${TYPED}"`,
    `["${TYPED}"]`,
    'null',
    '7',
    '',
  ])('%s', async (body) => {
    await refused(() => ({ body }), [400, 'invalid_request']);
  });

  const NO_TEXT: [string, unknown][] = [
    ['absent', undefined],
    ['empty', ''],
    ['null', null],
    ['a number', 12_345_678],
    ['true', true],
    ['a list', [TYPED]],
    ['an object', { $ne: TYPED }],
    ['too long', TYPED.repeat(60)],
  ];
  const required = (route: (typeof ROUTES)[number]) =>
    Object.keys(good(route)).filter((name) => name !== 'captcha' && name !== 'name');

  test.each(NO_TEXT)('a member that is %s', async (_name, value) => {
    const most = Math.max(...ROUTES.map((route) => required(route).length));
    for (let at = 0; at < most; at += 1) {
      await refused(
        (route) => {
          const names = required(route);
          const name = names[Math.min(at, names.length - 1)] as string;
          return { form: { ...good(route), [name]: value } };
        },
        [400, 'invalid_request'],
      );
    }
  });

  test.each([
    ['a number', 7],
    ['null', null],
    ['an object', { a: TYPED }],
    ['too long', TYPED.repeat(1000)],
  ])('a captcha that is %s', async (_name, captcha) => {
    for (const route of ['signin', 'signup'] as const) {
      const got = await passwordCall(new Browser(bff), route, {
        form: { ...good(route), captcha },
      });
      expect([got.status, got.error], got.summary).toEqual([400, 'invalid_request']);
      expect(got.body).not.toContain(TYPED);
    }
    expect(provider.calls).toEqual([]);
    expect(bff.output()).not.toContain(TYPED);
  });

  test('S127 a prototype in the body is nobody’s', async () => {
    const body = `{"__proto__":{"login":"${TYPED}","password":"${TYPED}"},"constructor":{"x":1}}`;
    await refused(() => ({ body }), [400, 'invalid_request']);
    expect(({} as Record<string, unknown>).login).toBeUndefined();
  });

  test('more than 64 KiB: 413', async () => {
    const form = { login: TYPED, padding: 'x'.repeat(65_536) };
    await refused(() => ({ form }), [413, 'payload_too_large']);
  });
});

test('what was typed and is refused by the provider is neither shown nor logged', async () => {
  const got = await passwordCall(new Browser(bff), 'signin', { form: good('signin') });
  expect([got.status, got.error]).toEqual([401, 'invalid_credentials']);
  expect(JSON.stringify(got) + bff.output()).not.toContain(TYPED);
});

test.each(ROUTES)('S70 %s: other methods are 405 with Allow, and do nothing', async (route) => {
  for (const method of ['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']) {
    const got = await signedIn.call(method, `/auth/password/${route}`, {
      headers: { 'x-csrf': '1' },
    });
    expect([got.status, got.headers.allow], got.summary).toEqual([405, 'POST']);
  }
  expect(provider.calls).toEqual([]);
});

test('S20 the query decides nothing but the provider', async () => {
  const who = provider.enrol();
  const query = `?provider=rememberizer-account&login=${TYPED}&base_url=http://evil.example&_method=GET`;
  await passwordCall(new Browser(bff), 'signin', {
    query,
    form: { login: who.login, password: who.password, captcha: 'x' },
  });
  expect(provider.calls.map(({ url }) => url)).toEqual([
    '/api/v1/auth/signin/',
    '/api/v1/account/',
  ]);
});

test('S3 S89 all this time the client did what the document says', () => {
  expect(provider.violations).toEqual([]);
});

auditAtTheEnd(() => [bff]);
