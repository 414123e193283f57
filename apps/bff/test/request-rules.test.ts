import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { auditAtTheEnd } from './audit.ts';
import { type BffProcess, startBff } from './bff-process.ts';
import { Browser, type Headers } from './browser-jar.ts';
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
const PATHS = [...Object.keys(ROUTES), '/auth/sessions/some-handle', '/api/provider/some/route'];
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'];
const SITES = ['same-origin', 'none', 'same-site', 'cross-site', null];
const CSRF = ['1', '0', '', '2', null];
const EVIL_ORIGINS = (own: string) => [
  'https://evil.example',
  'null',
  `${own}.evil.example`,
  `${own}0`,
  own.replace('http:', 'https:'),
  `${own} `.trim().replace('localhost', '127.0.0.1'),
  own.replace('localhost', 'evil.localhost'),
  `${own}/`,
  own.toUpperCase(),
];

type Mark = { path: string; method: string; site: string | null; csrf: string | null };

/** The rule of the contract, once more in other words. */
function mayPass({ path, method, site, csrf }: Mark): boolean {
  if (site === 'same-site' || site === 'cross-site') return false;
  if (method !== 'GET' && method !== 'HEAD') return csrf === '1';
  if (path === '/auth/providers') return true;
  return site !== null || csrf === '1';
}

const marks: Mark[] = PATHS.flatMap((path) =>
  METHODS.flatMap((method) =>
    SITES.flatMap((site) => CSRF.map((csrf) => ({ path, method, site, csrf }))),
  ),
);

describe('S65 S66 S67 S70 S86 every route x method x Sec-Fetch-Site x X-CSRF', () => {
  test.each(PATHS)('%s', async (path) => {
    const wrong: unknown[] = [];
    for (const mark of marks.filter((each) => each.path === path)) {
      const { method, site, csrf } = mark;
      const headers: Headers = { 'sec-fetch-site': site, 'x-csrf': csrf };
      const refused = !mayPass(mark);
      const calls = provider.calls.length;
      // What ends sessions is tried on a stranger where it may pass.
      const browser = refused ? member : new Browser(bff);
      const answer = await browser.send(method, path, { headers });
      const { status } = answer;
      const body = method === 'HEAD' || answer.body === '' ? null : answer.error;
      const known =
        ROUTES[path]?.includes(method) || (ROUTES[path]?.includes('GET') && method === 'HEAD');
      // Where there is nothing to protect, 404 and 405 say so just as well.
      const right = refused
        ? status === 403 || (!known && (status === 404 || status === 405))
        : status !== 403;
      if (
        !right ||
        (status === 403 && body !== null && body !== 'csrf_rejected') ||
        provider.calls.length !== calls
      )
        wrong.push({ ...mark, status, body });
    }
    expect(wrong).toEqual([]);
    expect((await member.call('GET', '/auth/session')).json.authenticated).toBe(true);
  });

  test('a refused GET of the session reaches no provider, an accepted one does', async () => {
    const calls = provider.count('userinfo');
    expect((await member.send('GET', '/api/user/info')).error).toBe('csrf_rejected');
    const headers = { 'sec-fetch-site': 'cross-site', 'x-csrf': '1' };
    expect((await member.send('GET', '/api/user/info', { headers })).error).toBe('csrf_rejected');
    const twice = { 'sec-fetch-site': ['same-origin', 'cross-site'] };
    expect((await member.send('GET', '/api/user/info', { headers: twice })).error).toBe(
      'csrf_rejected',
    );
    expect(provider.count('userinfo')).toBe(calls);
    for (const accepted of [
      { 'sec-fetch-site': 'same-origin' },
      { 'sec-fetch-site': 'none' },
      { 'x-csrf': '1' },
    ] as Headers[])
      expect((await member.send('GET', '/api/user/info', { headers: accepted })).status).toBe(200);
    expect(provider.count('userinfo')).toBe(calls + 3);
  });

  test.each(['script', 'style', 'image', 'document', 'iframe', 'object', 'worker', 'font'])(
    'S75 a read of the own page that is to be used as a %s is refused',
    async (dest) => {
      const calls = provider.count('userinfo');
      const headers = { 'sec-fetch-site': 'same-origin', 'sec-fetch-dest': dest };
      for (const path of ['/api/user/info', '/auth/session', '/auth/sessions']) {
        const answer = await member.send('GET', path, { headers });
        expect([answer.status, answer.error], path).toEqual([403, 'csrf_rejected']);
      }
      expect(provider.count('userinfo')).toBe(calls);
    },
  );

  test('S75 an address that somebody typed shows its JSON, which no browser takes for a page', async () => {
    const answer = await member.open('/api/user/info');
    expect(answer.status).toBe(200);
    expect(answer.headers['content-type']).toBe('application/json; charset=utf-8');
    expect(answer.headers['x-content-type-options']).toBe('nosniff');
    expect(answer.headers['content-security-policy']).toContain("default-src 'none'");
  });

  test('S66 a foreign or null Origin is refused even with the header', async () => {
    for (const origin of EVIL_ORIGINS(bff.origin)) {
      for (const site of ['same-origin', null]) {
        const headers: Headers = { origin, 'x-csrf': '1', 'sec-fetch-site': site };
        for (const path of ['/auth/logout', '/auth/logout/all']) {
          const answer = await member.send('POST', path, { headers });
          expect([origin, answer.status, answer.error]).toEqual([origin, 403, 'csrf_rejected']);
        }
        const answer = await member.send('DELETE', '/auth/sessions/x', { headers });
        expect([origin, answer.status]).toEqual([origin, 403]);
      }
    }
    expect((await member.call('GET', '/auth/session')).json.authenticated).toBe(true);
    const headers = { origin: bff.origin, 'x-csrf': '1' };
    expect((await new Browser(bff).send('POST', '/auth/logout', { headers })).status).toBe(200);
    const withoutOrigin = await new Browser(bff).send('POST', '/auth/logout', {
      headers: { 'x-csrf': '1' },
    });
    expect(withoutOrigin.status).toBe(200);
  });

  test('S66 X-Forwarded-Host and Host do not make another origin the own one', async () => {
    for (const name of ['host', 'x-forwarded-host', 'x-original-host']) {
      const headers = { 'x-csrf': '1', origin: 'http://evil.example', [name]: 'evil.example' };
      expect((await member.send('POST', '/auth/logout', { headers })).error, name).toBe(
        'csrf_rejected',
      );
    }
  });

  test.each([
    '/API/user/info',
    '/Api/User/Info',
    '/api/user/info/',
    '//api/user/info',
    '/api//user/info',
    '/%61pi/user/info',
    '/api/user/%69nfo',
    '/./api/user/info',
    '/x/../api/user/info',
    '/api/user/info%2f',
    '/api;x/user/info',
    '/AUTH/session',
    '/auth/session/',
    '/%61uth/session',
    '/auth/sessions/',
    '/Auth/Sessions',
  ])('S88 another spelling gets round nothing: %s', async (path) => {
    const calls = provider.calls.length;
    for (const headers of [{ 'sec-fetch-site': 'cross-site' }, {}] as Headers[]) {
      const answer = await member.send('GET', path, { headers });
      expect(answer.status).toBeLessThan(500);
      expect(answer.body).not.toContain('CANARY');
      expect(answer.body).not.toContain('authenticated');
    }
    expect(provider.calls.length).toBe(calls);
  });
});

describe('S68 there is no CORS', () => {
  test.each(PATHS)('a preflight of %s gets no permission', async (path) => {
    for (const origin of ['https://evil.example', bff.origin]) {
      const headers = {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'x-csrf',
      };
      const sites: Headers[] = [
        headers,
        { ...headers, 'sec-fetch-site': 'cross-site' },
        { ...headers, 'sec-fetch-site': 'same-origin', 'x-csrf': '1' },
      ];
      for (const each of sites) {
        const answer = await member.send('OPTIONS', path, { headers: each });
        expect([403, 404, 405]).toContain(answer.status);
        expect(
          Object.keys(answer.headers).filter((name) => name.startsWith('access-control')),
        ).toEqual([]);
      }
    }
  });

  test.each([
    '/auth/session',
    '/auth/providers',
    '/api/user/info',
    '/oauth/callback',
    '/auth/oauth/start',
  ])('OPTIONS %s of the own page is 405', async (path) => {
    const answer = await member.call('OPTIONS', path);
    expect([404, 405]).toContain(answer.status);
  });
});

auditAtTheEnd(() => [bff]);
