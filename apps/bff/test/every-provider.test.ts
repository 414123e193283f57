import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { auditAtTheEnd } from './audit.ts';
import { Browser } from './browser-jar.ts';
import { REDIRECTING, startWholeSite, WEICHEN, type WholeSite } from './whole-site.ts';

let site: WholeSite;

beforeAll(async () => {
  site = await startWholeSite(inject('redisUrl'));
}, 60_000);

afterAll(() => site.stop());

describe.each(REDIRECTING)('%s', (id) => {
  test('signs in, says who it is, stays signed in, and signs out', async () => {
    const browser = await site.logIn(id);
    const { json: session } = await browser.call('GET', '/auth/session');
    expect(session).toMatchObject({ authenticated: true, provider: id });
    const info = await browser.call('GET', '/api/user/info');
    expect([info.status, info.json.id]).toEqual([200, session.user.id]);
    const again = await browser.call('GET', '/api/user/info');
    expect(again.json).toEqual(info.json);
    const logout = await browser.call('POST', '/auth/logout');
    expect(logout.status).toBe(200);
    expect((await browser.call('GET', '/api/user/info')).status).toBe(401);
  });

  test('two users are two', async () => {
    const [one, other] = [await site.logIn(id), await site.logIn(id, { user: WEICHEN })];
    const ids = await Promise.all(
      [one, other].map(async (browser) => (await browser.call('GET', '/api/user/info')).json.id),
    );
    expect(new Set(ids).size).toBe(2);
  });
});

test('rememberizer-account signs in by password', async () => {
  const browser = new Browser(site.bff);
  const answer = await browser.call('POST', '/auth/password/signin', {
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ login: 'yating', password: 'moonlight-oolong', captcha: 'x' }),
  });
  expect(answer.status).toBe(200);
  const info = await browser.call('GET', '/api/user/info');
  expect(info.status).toBe(200);
});

auditAtTheEnd(() => [site.bff]);
