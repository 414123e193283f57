import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Emulator, startEmulator } from '../src/emulator.ts';
import { Browser, type Shown } from './browser.ts';
import { WEICHEN, YATING } from './demo-users.ts';
import { RelyingParty } from './relying-party.ts';

let emulator: Emulator;
let oidc: Emulator['personas']['oidc'];
let party: RelyingParty;
beforeAll(async () => {
  emulator = await startEmulator();
  oidc = emulator.personas.oidc;
  party = await RelyingParty.register(oidc, { postLogoutRedirectUri: 'http://localhost:3000/' });
});
afterAll(() => emulator.close());
beforeEach(() => oidc.control.reset());

async function signInPage(browser = new Browser(), params = {}): Promise<Shown> {
  return browser.open((await party.begin(params)).url);
}

function policyOf(page: Shown): string {
  return page.response.headers.get('content-security-policy') ?? '';
}

test('sign-in names the app, and fills in a demo user', async () => {
  const browser = new Browser();
  const page = await signInPage(browser);
  expect(page.html).toContain('to go on to Demo app');
  const filling = /href="([^"]*demo_user=weichen)"/.exec(page.html)?.[1] ?? '';
  const filled = await browser.open(new URL(filling, page.url).href);
  expect(filled.html).toContain('value="weichen"');
  expect(filled.html).toContain('value="harbour-bicycle"');
});

test('a login_hint is filled in', async () => {
  expect((await signInPage(new Browser(), { login_hint: 'weichen' })).html).toContain(
    'value="weichen"',
  );
});

test('a wrong password is 401, and the form again', async () => {
  const page = await (await signInPage()).submit('Sign in', { ...YATING, password: 'wrong' });
  expect(page.status).toBe(401);
  expect(page.html).toContain('Wrong username or password.');
  expect(page.html).toContain('value="yating"');
  const agree = await page.submit('Sign in', YATING);
  expect(agree.heading).toBe('Demo app would like to know you');
});

test('consent shows what the app learns, as far as it asked', async () => {
  const page = await (await signInPage()).submit('Sign in', YATING);
  expect(page.html).toContain('Lin Ya-ting');
  expect(page.html).toContain('yating@example.com');
  expect(page.html).not.toContain('To stay connected');
});

test.each(['Back to Demo app', 'Do not agree'])('%s: access_denied, with the state', async (no) => {
  const attempt = await party.begin();
  let page = await new Browser().open(attempt.url);
  if (no === 'Do not agree') page = await page.submit('Sign in', YATING);
  const { url, params } = await page.submit(no);
  expect(url).toMatch(/^http:\/\/localhost:3000\/oauth\/callback\?/);
  expect(params.get('error')).toBe('access_denied');
  expect(params.get('state')).toBe(attempt.state);
  expect(params.get('iss')).toBe(oidc.baseUrl);
  expect(params.has('code')).toBe(false);
});

test('another account: the first is signed out, the second agrees for itself', async () => {
  const browser = new Browser();
  await party.login({ browser });
  const attempt = await party.begin({ prompt: 'consent' });
  const consent = await browser.open(attempt.url);
  expect(consent.html).toContain('Lin Ya-ting');
  const other = /href="([^"]*\/sign-in)"/.exec(consent.html)?.[1] ?? '';
  const form = await browser.open(new URL(other, consent.url).href);
  const handover = await form.submit('Sign in', WEICHEN);
  expect(handover.heading).toBe('One moment');
  const again = await handover.submit('Go on');
  expect(again.html).toContain('Chen Wei-chen');
  const { url } = await again.submit('Agree');
  expect((await party.finish(attempt, url)).claims()?.sub).toBe('u-20418');
});

test('prompt=login asks who is known again, and says so', async () => {
  const browser = new Browser();
  await party.login({ browser });
  const page = await signInPage(browser, { prompt: 'login' });
  expect(page.html).toContain('Demo app asks you to sign in again.');
});

test('response_mode=form_post is a form of ours, with no script in the page', async () => {
  const browser = new Browser();
  await party.login({ browser });
  const page = await signInPage(browser, { response_mode: 'form_post' });
  expect(page.heading).toBe('One moment');
  expect(page.html).toMatch(
    /<form method="post" action="http:\/\/localhost:3000\/oauth\/callback"/,
  );
  expect(page.html).toMatch(/name="code" value="[\w-]+"/);
  expect(policyOf(page)).toContain("script-src 'self'");
  expect(policyOf(page)).toContain("form-action 'self' http://localhost:3000");
});

describe('the account', () => {
  test('says who is signed in, and takes back what an app got', async () => {
    const browser = new Browser();
    const { access_token, refresh_token } = await party.loginOffline({ browser });
    const page = await browser.open(`${oidc.baseUrl}/account`);
    expect(page.html).toMatch(/Lin Ya-ting.*yating@example.com.*Demo app/s);
    const after = await page.submit('Take back', { client_id: party.clientId });
    expect(after.html).toContain('That app no longer has access.');
    expect(after.html).not.toContain('Demo app');
    expect((await party.userinfo(access_token)).status).toBe(401);
    await expect(party.refresh(refresh_token)).rejects.toMatchObject({ error: 'invalid_grant' });
    expect((await signInPage(browser)).heading).toBe('Demo app would like to know you');
  });

  test('says so when nobody is', async () => {
    const page = await new Browser().open(`${oidc.baseUrl}/`);
    expect(page.heading).toBe('Nobody is signed in');
  });
});

describe('what cannot be answered', () => {
  test.each([
    ['an unknown app', { client_id: 'nobody' }],
    ['an address of somebody else', { redirect_uri: 'https://attacker.example/' }],
    ['an address with a slash more', { redirect_uri: 'http://localhost:3000/oauth/callback/' }],
  ])('%s is 400, a page, and leads nowhere', async (_name, changes) => {
    const url = new URL((await party.begin()).url);
    for (const [name, value] of Object.entries(changes)) url.searchParams.set(name, value);
    const page = await new Browser().open(url.href);
    expect(page.status).toBe(400);
    expect(page.response.headers.get('location')).toBeNull();
    expect(page.heading).toBe('This sign-in request is not valid');
    const asJson = await fetch(url, { headers: { Accept: 'application/json' } });
    expect(await asJson.json()).toMatchObject({ error: expect.any(String) });
  });

  test('a sign-in of another browser is over', async () => {
    const { url } = await signInPage();
    const page = await new Browser().open(url);
    expect(page.status).toBe(400);
    expect(page.heading).toBe('This sign-in is over');
  });

  test('a sign-in that went on already is over', async () => {
    const browser = new Browser();
    const page = await signInPage(browser);
    await (await page.submit('Sign in', YATING)).submit('Agree');
    const again = await page.submit('Sign in', YATING);
    expect(again.heading).toBe('This sign-in is over');
  });

  test('nothing there: a page, or JSON', async () => {
    const page = await new Browser().open(`${oidc.baseUrl}/nothing`);
    expect([page.status, page.heading]).toEqual([404, 'Page not found']);
    const headers = { Accept: 'application/json' };
    const asJson = await fetch(`${oidc.baseUrl}/nothing`, { headers });
    expect([asJson.status, await asJson.json()]).toMatchObject([404, { error: 'not_found' }]);
  });

  test('no endpoint listens to another method', async () => {
    expect((await fetch(`${oidc.baseUrl}/token`)).status).toBe(404);
    expect((await fetch(`${oidc.baseUrl}/jwks`, { method: 'POST' })).status).toBe(404);
  });
});

describe('every form is refused without the token of this browser', () => {
  test.each(['Sign in', 'Back to Demo app', 'Agree', 'Do not agree'])('%s', async (button) => {
    let page = await signInPage();
    if (button.includes('gree')) page = await page.submit('Sign in', YATING);
    const strange = /name="csrf" value="([^"]*)"/.exec((await signInPage()).html)?.[1] ?? '';
    for (const csrf of ['', strange]) {
      const refused = await page.submit(button, { ...YATING, csrf });
      expect([refused.status, refused.heading]).toEqual([403, 'This form has expired']);
    }
  });

  test('sign-out', async () => {
    const browser = new Browser();
    await party.login({ browser });
    const page = await browser.open(`${oidc.baseUrl}/logout`);
    const refused = await page.submit('Sign out', { xsrf: 'x' });
    expect(refused.status).toBe(400);
    const still = await browser.open(`${oidc.baseUrl}/account`);
    expect(still.heading).toBe('Your account');
  });
});

test('every page is ours: no script in it, no style, no frame around it, and not kept', async () => {
  const browser = new Browser();
  const pages = [await signInPage(browser)];
  pages.push(await (pages[0] as Shown).submit('Sign in', { ...YATING, password: 'wrong' }));
  pages.push(await (pages[0] as Shown).submit('Sign in', YATING));
  await (pages[2] as Shown).submit('Agree');
  pages.push(await signInPage(browser, { response_mode: 'form_post' }));
  for (const path of ['/account', '/logout', '/logout/success', '/authorize', '/nothing']) {
    pages.push(await browser.open(oidc.baseUrl + path));
  }
  for (const page of pages) {
    expect(page.response.headers.get('content-type')).toContain('text/html');
    const policy = policyOf(page).split('; ');
    expect(policy).toEqual(
      expect.arrayContaining(["default-src 'none'", "style-src 'self'", "frame-ancestors 'none'"]),
    );
    expect(policyOf(page)).not.toMatch(/unsafe|sha256/);
    expect(page.response.headers.get('cache-control')).toContain('no-store');
    expect(page.html).not.toMatch(/<style|style=|onclick|<script>|oops/);
    expect(page.html).toContain('this plays an OpenID Connect issuer');
  }
});

test('every style sheet, script and picture of a page is there', async () => {
  const browser = new Browser();
  await party.login({ browser });
  const { html } = await signInPage(browser, { response_mode: 'form_post' });
  const files = [...html.matchAll(/(?:href|src)="(\/oidc\/assets\/[^"]*)"/g)];
  expect(files.length).toBeGreaterThan(4);
  for (const [, path] of files) expect((await fetch(emulator.url + path)).status).toBe(200);
});

describe('languages', () => {
  const AGREE = { 'zh-Hant': '同意', 'zh-Hans': '同意', en: 'Agree' };

  test.each([
    ['zh-TW', 'zh-Hant', '登入', '要登出燈塔嗎？'],
    ['zh-CN', 'zh-Hans', '登录', '要退出灯塔吗？'],
    ['de', 'en', 'Sign in', 'Sign out of Lighthouse?'],
  ] as const)(
    '%s reads %s, on the pages within the protocol too',
    async (accept, tag, signIn, logout) => {
      const browser = new Browser({ 'Accept-Language': accept });
      const page = await signInPage(browser);
      expect(page.html).toContain(`<html lang="${tag}">`);
      expect(page.heading).toBe(signIn);
      const consent = await page.submit(signIn, YATING);
      expect(consent.html).toContain(`<html lang="${tag}">`);
      await consent.submit(AGREE[tag]);
      expect((await browser.open(`${oidc.baseUrl}/logout`)).heading).toBe(logout);
      const problem = await browser.open(`${oidc.baseUrl}/authorize`);
      expect(problem.html).toContain(`<html lang="${tag}">`);
    },
  );

  test('?lang= is remembered', async () => {
    const browser = new Browser();
    await browser.open(`${oidc.baseUrl}/account?lang=zh-Hant`);
    expect((await signInPage(browser)).heading).toBe('登入');
  });
});
