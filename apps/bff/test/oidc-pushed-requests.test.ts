import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { auditAtTheEnd } from './audit.ts';
import { Browser } from './browser-jar.ts';
import { HostileIssuer } from './hostile-issuer.ts';
import { type OidcSite, startOidcSite } from './oidc-site.ts';
import { type Answer, hang, huge, json, redirectTo, reset, text } from './provider-answers.ts';
import { comeBack } from './sign-in.ts';

type Id = 'required' | 'offered' | 'homeless';

const elsewhere = new HostileIssuer();
let site: OidcSite<Id>;
let required: HostileIssuer;

beforeAll(async () => {
  await elsewhere.open();
  const require_pushed_authorization_requests = true;
  site = await startOidcSite<Id>({
    required: new HostileIssuer({
      metadata: (metadata) => ({ ...metadata, require_pushed_authorization_requests }),
    }),
    offered: new HostileIssuer(),
    homeless: new HostileIssuer({
      metadata: ({ pushed_authorization_request_endpoint: _none, ...metadata }) => ({
        ...{ ...metadata, require_pushed_authorization_requests },
      }),
    }),
  });
  required = site.issuers.required;
}, 60_000);

afterEach(() => {
  for (const issuer of Object.values(site.issuers)) issuer.behave();
});

afterAll(async () => {
  await site.stop();
  await elsewhere.close();
});

test('S27 the browser carries two parameters, the issuer got the rest from us', async () => {
  const calls = required.count('par');
  const browser = new Browser(site.bff);
  const { location } = await site.start(browser, 'required');
  expect(required.count('par')).toBe(calls + 1);
  const { searchParams } = new URL(location);
  expect([...searchParams.keys()].sort()).toEqual(['client_id', 'request_uri']);
  expect(searchParams.get('client_id')).toBe(required.clientId);
  const { form } = required.of('par').at(-1) ?? {};
  expect(Object.fromEntries(form ?? [])).toMatchObject({
    ...{ response_type: 'code', redirect_uri: required.redirectUri, scope: 'openid profile email' },
    code_challenge_method: 'S256',
  });
  for (const name of ['state', 'nonce', 'code_challenge'])
    expect(form?.getAll(name)).toEqual([expect.stringMatching(/^[\w-]{43}$/)]);
  const { pathname, search } = required.authorize(location);
  expect((await comeBack(browser, pathname + search)).location).toBe('/?login=success');
  expect(() => required.authorize(location), 'the same request_uri again').toThrow('request_uri');
  expect(required.violations).toEqual([]);
});

test('S27 each start pushes a request of its own', async () => {
  const starts = await Promise.all(
    Array.from({ length: 20 }, () => site.start(new Browser(site.bff), 'required')),
  );
  const uris = starts.map(({ location }) => new URL(location).searchParams.get('request_uri'));
  expect(new Set(uris).size).toBe(20);
  const states = required.of('par').map(({ form }) => form.get('state'));
  expect(new Set(states).size).toBe(states.length);
});

test('S27 a request that was pushed, and has expired, is pushed anew', async () => {
  const browser = new Browser(site.bff);
  const first = await site.start(browser, 'required');
  const second = await site.start(browser, 'required');
  expect(second.location).not.toBe(first.location);
  const { pathname, search } = required.authorize(second.location);
  expect((await comeBack(browser, pathname + search)).location).toBe('/?login=success');
});

test('an issuer that only offers it is asked by way of the browser', async () => {
  await site.logIn('offered');
  expect(site.issuers.offered.count('par')).toBe(0);
});

const FAILED = ['server_error'];
const AWAY = ['provider_unavailable'];
const EITHER = [...FAILED, ...AWAY];

const ANSWERS: [string, Answer, string[]][] = [
  ['503', json(503, {}), EITHER],
  ['500 HTML', text(500, 'text/html', '<h1>Error</h1>'), EITHER],
  ['400', json(400, { error: 'invalid_request' }), FAILED],
  ['401', json(401, { error: 'invalid_client' }), FAILED],
  ['no request_uri', json(201, { expires_in: 60 }), FAILED],
  ['an empty request_uri', json(201, { request_uri: '', expires_in: 60 }), FAILED],
  ['a request_uri that is none', json(201, { request_uri: {}, expires_in: 60 }), FAILED],
  ['an array', json(201, []), FAILED],
  ['HTML', text(201, 'text/html', '<h1>Welcome</h1>'), FAILED],
  ['nothing', text(201, 'application/json', ''), FAILED],
  ['64 MB', huge, EITHER],
  ['a connection that is reset', reset, AWAY],
  ['no answer', hang, AWAY],
];

describe('S27 S48 where nothing can be pushed no login begins, and nothing goes by way of the browser', () => {
  test.each(ANSWERS)('%s', async (_name, answer, codes) => {
    required.always('par', answer);
    const calls = required.count('par');
    const browser = new Browser(site.bff);
    const start = await site.start(browser, 'required');
    expect([start.status, start.location], start.summary).toEqual([302, `/?error=${start.error}`]);
    expect(codes, start.summary).toContain(start.error);
    expect(required.count('par'), 'pushed once').toBe(calls + 1);
    required.behave();
    expect((await site.logIn('required', { browser })).sessionCookie).toBeDefined();
  });

  test.each([301, 302, 307, 308])('S46 a redirect %i is not followed', async (status) => {
    for (const target of [`${elsewhere.url}/par`, '/elsewhere']) {
      required.always('par', redirectTo(status, target));
      const start = await site.start(new Browser(site.bff), 'required');
      expect(start.location).toBe('/?error=server_error');
    }
    expect([elsewhere.calls.length, required.count('other')]).toEqual([0, 0]);
  });

  test('an issuer that requires it and has no place for it', async () => {
    const start = await site.start(new Browser(site.bff), 'homeless');
    expect(start.location).toBe('/?error=server_error');
  });
});

auditAtTheEnd(() => [site.bff]);
