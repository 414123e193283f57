import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { auditAtTheEnd } from './audit.ts';
import { Browser } from './browser-jar.ts';
import { PATIENT } from './hasty.ts';
import { passwordCall, signInWithPassword } from './password-call.ts';
import { REDIRECTING, startWholeSite, type WholeSite, YATING } from './whole-site.ts';

let site: WholeSite;

beforeAll(async () => {
  site = await startWholeSite(inject('redisUrl'), { RATE_LIMIT_PASSWORD: '0', ...PATIENT });
}, 60_000);

afterAll(() => site.stop());

const isSignedIn = async (browser: Browser) =>
  (await browser.call('GET', '/auth/session')).json.authenticated;
const control = () => site.emulator.personas.rememberizer.control;

test('GET /auth/providers lists all six in the order of the settings', async () => {
  const { json: list } = await new Browser(site.bff).call('GET', '/auth/providers');
  const redirecting = REDIRECTING.map((id) => [
    id,
    id,
    'redirect',
    `/auth/oauth/start?provider=${id}`,
  ]);
  expect(
    list.map((one: Record<string, string>) => [one.id, one.profile, one.kind, one.start_url]),
  ).toEqual([...redirecting, ['rememberizer-account', 'rememberizer-account', 'password', null]]);
  for (const one of list) {
    expect(Object.keys(one).sort()).toEqual(['id', 'kind', 'name', 'profile', 'start_url']);
    expect(one.name).toMatch(/\S/);
  }
});

test('signs in by mail address and by user name; a wrong captcha is refused', async () => {
  for (const login of ['yating', 'yating@example.com']) {
    const browser = await signInWithPassword(new Browser(site.bff), { ...YATING, login });
    expect((await browser.call('GET', '/api/provider/documents/')).json.count).toBeGreaterThan(0);
  }
  const form = { login: 'yating', password: YATING.password, captcha: 'fail' };
  const got = await passwordCall(new Browser(site.bff), 'signin', { form });
  expect([got.status, got.error]).toEqual([400, 'provider_rejected']);
});

test('signs up, signs in, verifies the address with the code of the mail', async () => {
  const account = { email: 'new@example.com', password: 'a-long-new-password', name: 'New' };
  const browser = new Browser(site.bff);
  const up = await passwordCall(browser, 'signup', { form: { ...account, captcha: 'x' } });
  expect([up.status, up.json]).toEqual([201, { authenticated: false }]);
  await signInWithPassword(browser, { ...account, login: account.email });
  const code = control().verificationCode(account.email);
  const wrong = await passwordCall(browser, 'verify-email', { form: { verification_code: '1' } });
  expect([wrong.status, wrong.error]).toEqual([400, 'provider_rejected']);
  const right = await passwordCall(browser, 'verify-email', {
    form: { verification_code: code },
  });
  expect([right.status, right.json.user.email]).toEqual([200, account.email]);
});

test.each(['', '?provider=rememberizer-account'])('is chosen by %j', async (query) => {
  const form = { ...YATING };
  expect((await passwordCall(new Browser(site.bff), 'signin', { form, query })).status).toBe(200);
});

test.each([
  '?provider=nobody',
  '?provider=oidc',
  '?provider=',
  '?provider=rememberizer-account&provider=rememberizer-account',
  '?provider=rememberizer-account&provider=oidc',
])('is not meant by %s: refused, and no provider is asked', async (query) => {
  const before = control().stats().calls.signin;
  const got = await passwordCall(new Browser(site.bff), 'signin', { form: { ...YATING }, query });
  expect([400, 404], got.summary).toContain(got.status);
  expect(['not_supported', 'invalid_request', 'not_found']).toContain(got.error);
  expect(control().stats().calls.signin).toBe(before);
});

test('start sends nobody there', async () => {
  const start = await new Browser(site.bff).open(
    '/auth/oauth/start?provider=rememberizer-account',
    { from: 'same-origin' },
  );
  expect(start.location).toBe('/?error=unknown_provider');
  const back = await new Browser(site.bff).open(
    '/oauth/callback/rememberizer-account?code=x&state=y',
    { from: 'cross-site' },
  );
  expect(back.location).toBe('/?error=invalid_state');
});

test('S41 the same account by OAuth and by password is two users here', async () => {
  const byPassword = await signInWithPassword(new Browser(site.bff), YATING);
  const byOAuth = await site.logIn('rememberizer');
  const [one, other] = await Promise.all(
    [byPassword, byOAuth].map(async (browser) => (await browser.call('GET', '/auth/session')).json),
  );
  expect(one.user.id).toBe(other.user.id);
  expect([one.provider, other.provider]).toEqual(['rememberizer-account', 'rememberizer']);
  await byPassword.call('POST', '/auth/logout/all');
  expect(await isSignedIn(byOAuth)).toBe(true);
  const list = await byOAuth.call('GET', '/auth/sessions');
  expect(list.json.filter(({ current }: { current: boolean }) => current)).toHaveLength(1);
});

test('verify-email is not for a session of another provider', async () => {
  const browser = await site.logIn('rememberizer');
  const got = await passwordCall(browser, 'verify-email', { form: { verification_code: '1' } });
  expect([got.status, got.error]).toEqual([404, 'not_supported']);
});

auditAtTheEnd(
  () => [site.bff],
  () => site.emulator,
);
