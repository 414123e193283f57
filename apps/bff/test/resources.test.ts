import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import { auditAtTheEnd } from './audit.ts';
import { type BffProcess, startBff } from './bff-process.ts';
import { Browser } from './browser-jar.ts';
import { METHODS, methodsAt, PAIRS, ROUTES } from './documented-routes.ts';
import { PATIENT } from './hasty.ts';
import { dice, randomPath } from './random-paths.ts';
import { expectNoHarm, raw, request, statusOf } from './raw-request.ts';
import { logInAt } from './strict-login.ts';
import { StrictRememberizer } from './strict-rememberizer.ts';

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
  provider.calls.length = 0;
});

afterAll(async () => {
  await bff.stop();
  await provider.close();
});

/** Call a resource as the page's script does: any method, any path. */
const call = (method: string, path: string, browser = member) => {
  const headers = {
    'x-csrf': '1',
    ...(method === 'POST' && { 'content-type': 'application/json' }),
  };
  const body = method === 'POST' ? { body: '{}' } : {};
  return browser.call(method, `/api/provider/${path}`, { headers, ...body });
};

/** Whether a path is one: what cannot be decoded is 400 everywhere. */
function isDecodable(path: string): boolean {
  try {
    return decodeURIComponent(path) !== '';
  } catch {
    return false;
  }
}

/** What reached the provider, in the order in which it came. */
const reached = () => provider.calls.map(({ method, url }) => [method, url]);

describe('S86 what is listed', () => {
  test.each(PAIRS)('%s %s reaches exactly the provider’s own path', async (method, path) => {
    const got = await call(method, path);
    expect(got.status, got.summary).toBe(200);
    expect(got.json).toEqual({ method, path: `/api/v1/${path}`, query: '' });
    expect(reached()).toEqual([[method, `/api/v1/${path}`]]);
  });

  test.each(ROUTES)(
    '$path: every documented parameter, and no other',
    async ({ path, ...route }) => {
      const method = route.methods[0] as string;
      const listed = new URLSearchParams(route.query.map((name, at) => [name, `${name} & ${at}`]));
      const all = new URLSearchParams([
        ...listed,
        ['access_token', 'x'],
        ['format', 'api'],
        ['Q', '1'],
      ]);
      const got = await call(method, `${path.replace('{id}', '7')}?${all}`);
      expect(got.status, got.summary).toBe(200);
      const [{ query = '' } = {}] = provider.calls;
      const sorted = (text: string) => [...new URLSearchParams(text)].sort();
      expect(sorted(query)).toEqual(sorted(`${listed}`));
    },
  );

  test.each(ROUTES)('$path: other methods are 405 with Allow', async ({ path, methods }) => {
    const known = methods.includes('GET') ? [...methods, 'HEAD'] : methods;
    for (const method of METHODS.filter((one) => !known.includes(one))) {
      const got = await call(method, path.replace('{id}', '12345'));
      if (method === 'OPTIONS') {
        expect([404, 405], got.summary).toContain(got.status);
        continue;
      }
      expect(got.status, got.summary).toBe(405);
      expect(got.headers.allow?.split(/, */)).toEqual(expect.arrayContaining(methods));
    }
    expect(reached()).toEqual([]);
  });

  test('HEAD of a GET asks the provider for no more than a read, and has no body', async () => {
    const got = await call('HEAD', 'documents/');
    expect([got.status, got.body]).toEqual([200, '']);
    expect(reached()).toHaveLength(1);
    expect(reached()[0]?.[1]).toBe('/api/v1/documents/');
  });

  test('an id may be a number or a name, and is forwarded as it was sent', async () => {
    for (const id of ['1', '0', '00012', 'Tea-2024_x', 'a'.repeat(64)]) {
      expect((await call('GET', `mementos/${id}/`)).status).toBe(200);
      expect(reached().at(-1)).toEqual(['GET', `/api/v1/mementos/${id}/`]);
    }
  });
});

/** Paths that are near: without the slash or with one too many, of other APIs, of the account API. */
const UNLISTED = [
  ...[
    'documents',
    'documents//',
    'documents/search',
    'documents/12345/',
    'documents/12345/contents',
  ],
  ...['documents/1/2/contents/', 'documents//contents/', 'discussions/1/contents/', 'integrations'],
  ...[
    'mementos',
    'mementos/1',
    'mementos/memento_document/1',
    'mementos/1/2/',
    'common-knowledge/',
  ],
  ...['account/', 'me/', 'me', 'account', 'auth/oauth2/token/', 'auth/oauth2/authorize/'],
  ...['auth/signin/', 'auth/custom-logout/', 'auth/custom-refresh/', 'vector-stores/me/', ''],
  ...[
    'api/v1/documents/',
    'v1/documents/',
    'documents/upload/',
    'admin/',
    'constructor',
    '__proto__',
  ],
  ...['documents/{id}/contents/', 'documents/%7Bid%7D/contents/', 'Documents/', 'DOCUMENTS/'],
];

describe('S86 what is not listed reaches no provider', () => {
  test.each(UNLISTED)('%j, by any method', async (path) => {
    const answers = await Promise.all(METHODS.map((method) => call(method, path)));
    for (const got of answers) {
      expect(got.status, got.summary).toBe(404);
      if (got.method !== 'HEAD') expect(got.error, got.summary).toBe('not_found');
    }
    expect(reached()).toEqual([]);
  });

  test('400 random paths by random methods: exactly what the documents list passes', async () => {
    const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 1e9));
    const roll = dice(seed);
    let passed = 0;
    for (let round = 0; round < 400; round += 1) {
      const path = randomPath(roll);
      const methods = methodsAt(path);
      const some = roll() < 0.5 && methods.length > 0 ? methods : METHODS;
      const method = some[Math.floor(roll() * some.length)] as string;
      const known = methods.includes('GET') ? [...methods, 'HEAD'] : methods;
      provider.calls.length = 0;
      const got = await call(method, path);
      const said = `SEED=${seed} round ${round}: ${got.summary}`;
      if (known.includes(method)) {
        passed += 1;
        expect(got.status, said).toBe(200);
        expect(
          provider.calls.map(({ url }) => url),
          said,
        ).toEqual([`/api/v1/${path}`]);
      } else {
        // What cannot be decoded is no path at all.
        const refused = [method === 'OPTIONS' || methods.length === 0 ? 404 : 405];
        if (method === 'OPTIONS') refused.push(405);
        if (!isDecodable(path)) refused.push(400);
        expect(refused, said).toContain(got.status);
        expect(reached(), said).toEqual([]);
      }
    }
    expect(passed, `SEED=${seed}`).toBeGreaterThan(10);
  }, 30_000);
});

describe('S87 S88 no spelling of the request reaches another path', () => {
  const spellings = [
    ...[
      '/api/provider/../user/info',
      '/api/provider/documents/../account/',
      '/api/provider/./documents/',
    ],
    ...[
      '/api/provider/%2e%2e/api/v1/account/',
      '/api/provider/.%2e/account/',
      '/api/provider//documents/',
    ],
    ...[
      '/api/provider/documents/..%2faccount/',
      '/api/provider/documents%2f',
      '/api/provider%2fdocuments/',
    ],
    ...[
      '/api/provider/documents%5c',
      '/api/provider\\documents\\',
      '/api/provider/documents\\..\\account/',
    ],
    ...['/api/provider/documents/%252e%252e/account/', '/api/provider/documents/..;/account/'],
    ...[
      '/api/provider/documents/;x=1',
      '/api/provider/documents;x/',
      '/api/provider/documents/%00',
    ],
    ...[
      '/api/provider/documents/%23',
      '/api/provider/documents/%3fpage=1',
      '/api/provider/documents/%20',
    ],
    ...[
      '/api/provider/%c0%ae%c0%ae/account/',
      '/api/provider/%64ocuments/',
      '/api/provider/documents/.',
    ],
    ...[
      '/API/provider/documents/',
      '/api/Provider/documents/',
      '/api/provider/documents/search/#x',
    ],
    ...[
      '/api/provider/documents/%2e%2e%2faccount%2f/contents/',
      '/api/provider/documents/a%2fb/contents/',
    ],
    ...['/api/provider/documents/1%00/contents/', '/api/provider/documents/1%0d%0aX:y/contents/'],
    ...['/api/provider/documents/1@evil.example/contents/', '/api/provider/documents/１/contents/'],
    ...['/api/provider/@evil.example/documents/', '/api/provider/http://evil.example/documents/'],
    ...[
      '//api/provider/documents/',
      '/x/../api/provider/documents/',
      '/api/provider/%',
      '/api/provider/%zz',
    ],
    ...[
      'http://evil.example/api/provider/account/',
      '/api/provider',
      '/api/provider/',
      '/api/provider/?x',
    ],
  ];

  test.each(spellings)('%s', async (target) => {
    const cookie = `Cookie: cloakroom=${member.sessionCookie?.value}\r\nSec-Fetch-Site: same-origin\r\n`;
    const answer = await raw(bff, request(`GET ${target}`, cookie));
    expectNoHarm(answer);
    expect(answer).not.toContain('"path":');
    expect(reached()).toEqual([]);
  });

  test.each(['get', 'Get', 'GET2', 'G ET'])('the method %j', async (method) => {
    const cookie = `Cookie: cloakroom=${member.sessionCookie?.value}\r\nX-CSRF: 1\r\n`;
    const answer = await raw(bff, request(`${method} /api/provider/documents/`, cookie));
    expect([400, 404, 405, 501]).toContain(statusOf(answer));
    expect(reached()).toEqual([]);
  });

  test('a fragment in the request line is no part of the path or of the query', async () => {
    const cookie = `Cookie: cloakroom=${member.sessionCookie?.value}\r\nSec-Fetch-Site: same-origin\r\n`;
    const answer = await raw(bff, request('GET /api/provider/documents/#/../account/', cookie));
    expectNoHarm(answer);
    for (const [, url] of reached()) expect(url).toBe('/api/v1/documents/');
  });

  test('the host of the request decides nothing', async () => {
    const headers =
      'Host: evil.example\r\nX-Forwarded-Host: evil.example\r\nX-Original-URL: /account/\r\n';
    const cookie = `Cookie: cloakroom=${member.sessionCookie?.value}\r\nSec-Fetch-Site: same-origin\r\n`;
    const line = 'GET /api/provider/integrations/ HTTP/1.1';
    expectNoHarm(await raw(bff, `${line}\r\n${headers}${cookie}Connection: close\r\n\r\n`, 2000));
    for (const [, url] of reached()) expect(url).toBe('/api/v1/integrations/');
  });
});

describe('S98 S102 nobody who is not signed in gets anything', () => {
  const headers: [string, Record<string, string>][] = [
    ['a page', { accept: 'text/html' }],
    ['a bearer token', { authorization: 'Bearer AT-of-somebody' }],
    ['a probe', { 'user-agent': 'kube-probe/1.30' }],
    [
      'another user',
      { 'x-user-id': '41', 'x-forwarded-user': 'mei', 'x-forwarded-for': '127.0.0.1' },
    ],
    ['a cookie of nobody', { cookie: 'cloakroom=s%3Anobody.nothing' }],
  ];
  test.each(headers)('%s', async (_name, sent) => {
    for (const [method, path] of PAIRS) {
      const got = await new Browser(bff).call(method, `/api/provider/${path}?/healthz`, {
        headers: { ...sent, 'x-csrf': '1' },
      });
      expect([got.status, got.error, got.location], got.summary).toEqual([
        401,
        'not_authenticated',
        '',
      ]);
      expect(got.cookies).toEqual([]);
    }
    expect(reached()).toEqual([]);
  });

  test('OPTIONS is 405 or 404 and allows no other origin, signed in or not', async () => {
    for (const browser of [member, new Browser(bff)]) {
      const got = await browser.send('OPTIONS', '/api/provider/documents/', {
        headers: { origin: 'https://evil.example', 'access-control-request-method': 'GET' },
      });
      expect([404, 405], got.summary).toContain(got.status);
    }
    expect(reached()).toEqual([]);
  });
});

describe('S65 S69 what another site could send reaches no provider', () => {
  test.each(PAIRS)('%s %s', async (method, path) => {
    const refused: Record<string, string | null>[] = [
      { 'x-csrf': null, 'sec-fetch-site': null },
      { 'x-csrf': '0', 'sec-fetch-site': null },
      { 'x-csrf': '1', origin: 'https://evil.example' },
      { 'x-csrf': '1', 'sec-fetch-site': 'cross-site' },
      { 'x-csrf': '1', 'sec-fetch-site': 'same-site' },
    ];
    for (const headers of refused) {
      const got = await member.call(method, `/api/provider/${path}`, { headers });
      expect([got.status, got.error], got.summary).toEqual([403, 'csrf_rejected']);
    }
    expect(reached()).toEqual([]);
  });

  test('no header and no parameter stands in for the method', async () => {
    const got = await member.call('GET', '/api/provider/mementos/1/?_method=DELETE', {
      headers: { 'x-http-method-override': 'DELETE', 'x-method-override': 'DELETE' },
    });
    expect(got.status).toBe(200);
    expect(reached()).toEqual([['GET', '/api/v1/mementos/1/']]);
  });
});

test('S3 S5 S89 all this time the client did what the documents say', () => {
  expect(provider.violations).toEqual([]);
});

auditAtTheEnd(() => [bff]);
