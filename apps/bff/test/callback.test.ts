import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import { auditAtTheEnd } from './audit.ts';
import { type BffProcess, startBff } from './bff-process.ts';
import { Browser } from './browser-jar.ts';
import { type Clock, makeClock } from './clock.ts';
import { type RedisView, viewRedis } from './redis-keys.ts';
import { comeBack, signIn, walkToCallback } from './sign-in.ts';
import { StrictProvider } from './strict-provider.ts';

let provider: StrictProvider;
let bff: BffProcess;
let redis: RedisView;
let clock: Clock;
let member: Browser;

beforeAll(async () => {
  provider = await new StrictProvider().open();
  clock = makeClock();
  bff = await startBff({ provider, redisUrl: inject('redisUrl'), env: clock.env });
  redis = await viewRedis(inject('redisUrl'), bff.prefix);
  member = await signIn(bff, provider);
}, 30_000);

beforeEach(() => clock.ahead(0));

afterAll(async () => {
  await bff.stop();
  redis.close();
  clock.remove();
  await provider.close();
});

/** A callback of a login that was begun, with the given parameters in place of the provider's. */
async function failedCallback(
  browser: Browser,
  query: (good: { code: string; state: string }) => string,
): Promise<{ error: string | null; location: string }> {
  const path = await walkToCallback(browser, provider);
  const given = new URL(path, bff.origin).searchParams;
  const good = { code: given.get('code') ?? '', state: given.get('state') ?? '' };
  const before = { calls: provider.calls.length, keys: (await redis.keys()).length };
  const back = await comeBack(browser, `/oauth/callback${query(good)}`);
  expect(back.status, back.summary).toBe(302);
  expect(back.headers['cache-control']).toContain('no-store');
  expect(back.cookies.filter(({ name }) => name === 'cloakroom')).toEqual([]);
  expect(provider.calls.length, 'calls at the provider').toBe(before.calls);
  expect((await redis.keys()).length, 'keys in Redis').toBeLessThanOrEqual(before.keys + 1);
  return { error: back.error, location: back.location };
}

const REGISTERED =
  'access_denied invalid_request unauthorized_client unsupported_response_type invalid_scope server_error temporarily_unavailable interaction_required login_required account_selection_required consent_required invalid_request_uri invalid_request_object request_not_supported request_uri_not_supported registration_not_supported';

const CASES: [string, (good: { code: string; state: string }) => string, string][] = [
  ['no state', ({ code }) => `?code=${code}`, 'invalid_state'],
  ['an empty state', ({ code }) => `?code=${code}&state=`, 'invalid_state'],
  ['an unknown state', ({ code }) => `?code=${code}&state=${'x'.repeat(43)}`, 'invalid_state'],
  ['the state "undefined"', ({ code }) => `?code=${code}&state=undefined`, 'invalid_state'],
  ['the state "null"', ({ code }) => `?code=${code}&state=null`, 'invalid_state'],
  [
    'the state in upper case',
    ({ code, state }) => `?code=${code}&state=${state.toUpperCase()}`,
    'invalid_state',
  ],
  [
    'the state with a space after it',
    ({ code, state }) => `?code=${code}&state=${state}%20`,
    'invalid_state',
  ],
  [
    'the beginning of the state',
    ({ code, state }) => `?code=${code}&state=${state.slice(0, -1)}`,
    'invalid_state',
  ],
  [
    'the state twice',
    ({ code, state }) => `?code=${code}&state=${state}&state=${state}`,
    'invalid_state',
  ],
  [
    'two different states',
    ({ code, state }) => `?code=${code}&state=${state}&state=x`,
    'invalid_state',
  ],
  ['the state as an array', ({ code, state }) => `?code=${code}&state[]=${state}`, 'invalid_state'],
  [
    'the state with an index',
    ({ code, state }) => `?code=${code}&state[0]=${state}`,
    'invalid_state',
  ],
  [
    'the state as an object',
    ({ code, state }) => `?code=${code}&state[toString]=${state}`,
    'invalid_state',
  ],
  [
    'a polluting parameter and no state',
    ({ code }) => `?code=${code}&__proto__[state]=x&constructor[prototype][state]=x`,
    'invalid_state',
  ],
  ['an error with a wrong state', () => '?error=access_denied&state=wrong', 'invalid_state'],
  [
    'an error and the state twice',
    ({ state }) => `?error=access_denied&state=${state}&state=${state}`,
    'invalid_state',
  ],
  [
    'the code twice and a wrong state',
    ({ code }) => `?code=${code}&code=${code}&state=wrong`,
    'invalid_state',
  ],
  [
    'a wrong iss',
    ({ code, state }) => `?code=${code}&state=${state}&iss=https%3A%2F%2Fevil.example`,
    'invalid_state',
  ],
  [
    'an error with a wrong iss',
    ({ state }) => `?error=access_denied&state=${state}&iss=https%3A%2F%2Fevil.example`,
    'invalid_state',
  ],
  [
    'the code twice',
    ({ code, state }) => `?code=${code}&code=${code}&state=${state}`,
    'missing_parameters',
  ],
  [
    'two codes',
    ({ code, state }) => `?code=evil&state=${state}&code=${code}`,
    'missing_parameters',
  ],
  [
    'the error twice',
    ({ state }) => `?error=access_denied&error=access_denied&state=${state}`,
    'missing_parameters',
  ],
  [
    'an error and two codes',
    ({ code, state }) => `?error=access_denied&code=${code}&code=${code}&state=${state}`,
    'missing_parameters',
  ],
  ['neither code nor error', ({ state }) => `?state=${state}`, 'missing_parameters'],
  ['an empty code', ({ state }) => `?code=&state=${state}`, 'missing_parameters'],
  [
    'the code as an array',
    ({ code, state }) => `?code[]=${code}&state=${state}`,
    'missing_parameters',
  ],
  [
    'the code as an object',
    ({ code, state }) => `?code[length]=1e9&code[x]=${code}&state=${state}`,
    'missing_parameters',
  ],
  [
    'tokens instead of a code',
    ({ state }) => `?access_token=x&id_token=y&state=${state}`,
    'missing_parameters',
  ],
  [
    'an error and a code',
    ({ code, state }) => `?error=access_denied&code=${code}&state=${state}`,
    'access_denied',
  ],
  [
    'an error with a description',
    ({ state }) =>
      `?error=access_denied&error_description=%3Cscript%3E&error_uri=//evil.example&state=${state}`,
    'access_denied',
  ],
];

describe('S29 S30 S31 S32 S34 S36 a callback is refused by the first rule that it breaks', () => {
  test.each(CASES)('%s', async (_name, query, code) => {
    const { error, location } = await failedCallback(new Browser(bff), query);
    expect([error, location]).toEqual([code, `/?error=${code}`]);
  });

  test('iss twice', async () => {
    const { error } = await failedCallback(
      new Browser(bff),
      ({ code, state }) => `?code=${code}&state=${state}&iss=a&iss=a`,
    );
    expect(['invalid_state', 'missing_parameters']).toContain(error);
  });

  test.each(REGISTERED.split(' '))('the registered error %s is shown', async (code) => {
    const { location } = await failedCallback(
      new Browser(bff),
      ({ state }) => `?error=${code}&state=${state}`,
    );
    expect(location).toBe(`/?error=${code}`);
  });

  test.each([
    'weird',
    'ACCESS_DENIED',
    'access_denied ',
    'invalid_state',
    'session_store_unavailable',
    'toString',
    '__proto__',
    'constructor',
    '<script>alert(1)</script>',
    'javascript:alert(1)',
    '//evil.example',
    '\r\nSet-Cookie: a=b',
    '\u560d\u560aX: y',
    '\u202eevil',
    'x'.repeat(8000),
    '\0',
  ])('S32 S83 any other error is provider_error: %j', async (code) => {
    const { location } = await failedCallback(
      new Browser(bff),
      ({ state }) => `?error=${encodeURIComponent(code)}&state=${state}`,
    );
    expect(location).toBe('/?error=provider_error');
  });
});

describe('a callback without any state', () => {
  test.each([
    ['', 'missing_parameters'],
    ['?', 'missing_parameters'],
    ['?foo=bar', 'missing_parameters'],
    ['?error=access_denied', 'access_denied'],
    ['?error=weird', 'provider_error'],
    ['?error=server_error&error_description=x', 'server_error'],
  ])('"%s" is %s', async (query, code) => {
    const answer = await comeBack(new Browser(bff), `/oauth/callback${query}`);
    expect([answer.status, answer.location]).toEqual([302, `/?error=${code}`]);
  });

  test('S33 an error without a state leaves the attempts of other tabs alone', async () => {
    const browser = new Browser(bff);
    const path = await walkToCallback(browser, provider);
    await comeBack(browser, '/oauth/callback?error=access_denied');
    await comeBack(browser, '/oauth/callback?error=access_denied&state=wrong');
    await comeBack(browser, '/oauth/callback?code=x&state=wrong');
    expect((await comeBack(browser, path)).location).toBe('/?login=success');
  });
});

test('S24 nothing of all this touches an existing session', async () => {
  const id = member.sessionCookie?.value;
  for (const [, query] of CASES) await failedCallback(member, query);
  await member.open('/auth/oauth/start');
  expect(member.sessionCookie?.value).toBe(id);
  expect((await member.call('GET', '/api/user/info')).status).toBe(200);
});

auditAtTheEnd(() => [bff]);
