import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { Browser as Person } from '../../../packages/emulator/test/browser.ts';
import { auditAtTheEnd } from './audit.ts';
import { Browser } from './browser-jar.ts';
import { PAIRS } from './documented-routes.ts';
import { PATIENT } from './hasty.ts';
import { comeBackFrom, startWholeSite, type WholeSite, YATING } from './whole-site.ts';

let site: WholeSite;

beforeAll(async () => {
  site = await startWholeSite(inject('redisUrl'), PATIENT);
}, 60_000);

afterAll(() => site.stop());

const info = (browser: Browser) => browser.call('GET', '/api/user/info');
const isSignedIn = async (browser: Browser) =>
  (await browser.call('GET', '/auth/session')).json.authenticated;

describe('rememberizer', () => {
  const control = () => site.emulator.personas.rememberizer.control;
  const documents = (browser: Browser) =>
    browser.call('GET', '/api/provider/documents/?page_size=100');

  test.each(['minimal', 'full'] as const)('a login with the %s token answer', async (answer) => {
    control().setTokenAnswer(answer);
    const browser = await site.logIn('rememberizer');
    expect((await browser.call('GET', '/api/user/info')).status).toBe(200);
    const { status, json: list } = await documents(browser);
    expect([status, list.results.length > 0]).toEqual([200, true]);
    control().expireAccessTokens();
    expect((await documents(browser)).status).toBe(200);
    expect(control().stats()).toMatchObject({ refreshReuses: 0, codeReuses: 0 });
  });

  test('who cancels lands on the landing page; who continues there logs in', async () => {
    const [browser, person] = [new Browser(site.bff), new Person()];
    const start = await browser.open('/auth/oauth/start?provider=rememberizer', {
      from: 'same-origin',
    });
    const consent = await (await person.open(start.location)).submit('Sign in', YATING);
    const landed = await consent.submit('Cancel');
    expect(new URL(landed.url).searchParams.has('error')).toBe(false);
    expect(await isSignedIn(browser)).toBe(false);
    const back = await comeBackFrom(browser, await site.walk(browser, 'rememberizer', { person }));
    expect(back.location).toBe('/?login=success');
  });

  test('who disconnects the app there has signed out here', async () => {
    const browser = await site.logIn('rememberizer');
    control().revokeGrants({ username: 'yating' });
    expect((await documents(browser)).error).toBe('session_expired');
  });

  test('a narrower grant ends with its access token', async () => {
    control().setGrantedScope('');
    const browser = await site.logIn('rememberizer');
    control().setGrantedScope(null);
    expect((await documents(browser)).status).toBe(200);
    control().expireAccessTokens();
    expect((await documents(browser)).error).toBe('session_expired');
  });
});

describe('afdian', () => {
  const control = () => site.emulator.personas.afdian.control;

  test.each([true, false])(
    'logs in, with name and picture in the answer or not (%s)',
    async (on) => {
      control().setNameAndAvatar(on);
      const browser = await site.logIn('afdian');
      const { json: user } = await info(browser);
      expect(user).toMatchObject({
        id: expect.stringMatching(/^[\da-f]{32}$/),
        name: expect.any(String),
      });
    },
  );

  test('who refuses stays there; the next login works', async () => {
    const [browser, person] = [new Browser(site.bff), new Person()];
    const start = await browser.open('/auth/oauth/start?provider=afdian', { from: 'same-origin' });
    const consent = await (await person.open(start.location)).submit('Sign in', YATING);
    const stayed = await consent.submit('Refuse');
    expect(new URL(stayed.url).origin).toBe(site.emulator.url);
    expect(await isSignedIn(browser)).toBe(false);
    const back = await comeBackFrom(browser, await site.walk(browser, 'afdian', { person }));
    expect(back.location).toBe('/?login=success');
  });
});

describe('flarum', () => {
  const control = () => site.emulator.personas.flarum.control;

  /** Log in as far as the consent page, and deny. */
  async function deny(browser: Browser) {
    const start = await browser.open('/auth/oauth/start?provider=flarum', { from: 'same-origin' });
    const login = await new Person().open(start.location);
    return (await login.submit('Log In', YATING)).submit('Deny');
  }

  test.each(['string', 'number'] as const)('logs in with expires_in as a %s', async (type) => {
    control().setExpiresInAs(type);
    const browser = await site.logIn('flarum');
    expect((await info(browser)).json).toMatchObject({ username: 'yating' });
    control().expireAccessTokens();
    expect((await info(browser)).status).toBe(200);
    control().expireAccessTokens();
    expect((await info(browser)).error).toBe('session_expired');
    expect(control().stats().refreshReuses).toBe(0);
  });

  test('Deny in each of its three ways', async () => {
    control().setDenyMode('redirect');
    const told = new Browser(site.bff);
    expect((await comeBackFrom(told, await deny(told))).location).toBe('/?error=access_denied');

    control().setDenyMode('silent');
    const left = new Browser(site.bff);
    expect(new URL((await deny(left)).url).origin).toBe(site.emulator.url);
    expect(await isSignedIn(left)).toBe(false);

    // The form of the plugin grants whatever button is pressed: here it is a login like any other.
    control().setDenyMode('grant');
    const granted = new Browser(site.bff);
    expect((await comeBackFrom(granted, await deny(granted))).location).toBe('/?login=success');
    control().setDenyMode('redirect');
  });

  test('visible fields and warnings of PHP', async () => {
    control().setScope('user.read', { visibleFields: 'id,username' });
    const browser = await site.logIn('flarum');
    expect(Object.keys((await info(browser)).json)).toEqual(['id', 'username']);
    control().setScope('user.read', { visibleFields: '' });
    control().setNicknames(false);
    control().setDisplayErrors(true);
    const got = await info(browser);
    expect([got.status, got.error]).toEqual([502, 'provider_error']);
    expect(got.body).not.toMatch(/Warning/);
    control().setNicknames(true);
    control().setDisplayErrors(false);
    expect((await info(browser)).status).toBe(200);
  });
});

test.each(['aihubmix', 'afdian', 'flarum', 'oidc'])(
  'S86 %s has no resources: 404, whatever is asked for',
  async (id) => {
    const browser = await site.logIn(id);
    for (const [method, path] of PAIRS) {
      const got = await browser.call(method, `/api/provider/${path}`);
      expect([got.status, got.error], got.summary).toEqual([404, 'not_found']);
    }
  },
);

auditAtTheEnd(
  () => [site.bff],
  () => site.emulator,
);
