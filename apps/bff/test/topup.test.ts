import { afterAll, afterEach, beforeAll, expect, inject, test } from 'vitest';
import { auditAtTheEnd } from './audit.ts';
import { type BffProcess, startBff } from './bff-process.ts';
import type { Browser } from './browser-jar.ts';
import { json } from './provider-answers.ts';
import { signIn } from './sign-in.ts';
import { StrictProvider } from './strict-provider.ts';

let provider: StrictProvider;
let bff: BffProcess;
let browser: Browser;

beforeAll(async () => {
  provider = await new StrictProvider().open();
  bff = await startBff({ provider, redisUrl: inject('redisUrl') });
  browser = await signIn(bff, provider);
}, 30_000);

afterEach(() => provider.behave());

afterAll(async () => {
  await bff.stop();
  await provider.close();
});

test('GET /api/user/topup gives the address and nothing else', async () => {
  const answer = await browser.call('GET', '/api/user/topup');
  expect([answer.status, answer.json]).toEqual([
    200,
    { topup_url: `${provider.url}/console/topup?ticket=abc` },
  ]);
  provider.next(
    'topup',
    json(200, { topup_url: `${provider.url}/x`, access_token: 'AT', balance: 1 }),
  );
  expect((await browser.call('GET', '/api/user/topup')).json).toEqual({
    topup_url: `${provider.url}/x`,
  });
});

test('S84 an https page of the provider is handed out', async () => {
  for (const url of [
    'https://console.aihubmix.com/topup',
    'https://aihubmix.com/topup?client_id=x&lang=en#top',
  ]) {
    provider.next('topup', json(200, { topup_url: url }));
    const answer = await browser.call('GET', '/api/user/topup');
    expect([answer.status, answer.json], url).toEqual([200, { topup_url: url }]);
  }
});

test.each([
  'javascript:alert(1)',
  'JaVaScRiPt:alert(1)',
  ' javascript:alert(1)',
  'java\nscript:alert(1)',
  'data:text/html,x',
  'vbscript:x',
  'file:///etc/passwd',
  'blob:https://console.aihubmix.com/x',
  '//evil.example/',
  'https://evil.example/',
  'https:evil.example',
  'https://ok@evil.example/',
  'https://console.aihubmix.com@evil.example/',
  'https://console.aihubmix.com.evil.example/',
  'https://evilaihubmix.com/',
  'https://evil-aihubmix.com/',
  'https://evil.example#console.aihubmix.com',
  'https://evil.example?console.aihubmix.com',
  'https://evil.example\\@console.aihubmix.com',
  'https://evil.example\\.aihubmix.com',
  'https://evil.example%2eaihubmix.com',
  'http://console.aihubmix.com/topup',
  'http://169.254.169.254/',
  'https://169.254.169.254/',
  'http://[::ffff:169.254.169.254]/',
  'http://localhost.evil.example/',
  'http://127.0.0.1.evil.example/',
  'http://127.0.0.1@evil.example/',
  'https://console.aihubmix.com\\@evil.example/',
  ' https://console.aihubmix.com/',
  'https://console.aihubmix.com/\ttopup',
  '/console/topup',
  'topup',
  '',
  ' ',
  7,
  null,
  {},
  ['https://console.aihubmix.com/'],
  true,
  undefined,
])('S84 %j is never handed out', async (url) => {
  provider.next('topup', json(200, { topup_url: url }));
  const answer = await browser.call('GET', '/api/user/topup');
  expect([answer.status, answer.error], answer.summary).toEqual([502, 'provider_error']);
  expect(answer.body).not.toContain('evil');
  expect((await browser.call('GET', '/auth/session')).json.authenticated).toBe(true);
});

auditAtTheEnd(() => [bff]);
