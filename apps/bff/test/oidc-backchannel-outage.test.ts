import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { auditAtTheEnd } from './audit.ts';
import type { BrowserAnswer } from './browser-answer.ts';
import { Browser } from './browser-jar.ts';
import { FaultyLink } from './faulty-link.ts';
import { FaultyRedis } from './faulty-redis.ts';
import { HostileIssuer } from './hostile-issuer.ts';
import { type OidcSite, startOidcSite } from './oidc-site.ts';
import { BACK_WITHIN, expectRefused, inTime } from './store-trouble.ts';

let redis: FaultyRedis;
let link: FaultyLink;
let site: OidcSite<'oidc'>;
let oidc: HostileIssuer;

beforeAll(async () => {
  redis = await FaultyRedis.start();
  link = await FaultyLink.open(Number(new URL(redis.url).port));
  site = await startOidcSite({ oidc: new HostileIssuer() }, {}, `redis://127.0.0.1:${link.port}`);
  oidc = site.issuers.oidc;
}, 60_000);

afterAll(async () => {
  await site.stop();
  await link.close();
  await redis.stop();
});

function post(token: string): Promise<BrowserAnswer> {
  return new Browser(site.bff).send('POST', '/oauth/backchannel-logout/oidc', {
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ logout_token: token }).toString(),
  });
}

/** Wait until the site can serve again. */
async function untilReady(): Promise<void> {
  const ready = async () => (await new Browser(site.bff).send('GET', '/readyz')).status;
  await expect.poll(ready, { timeout: BACK_WITHIN }).toBe(200);
}

const isSignedIn = async (browser: Browser): Promise<boolean> =>
  (await browser.call('GET', '/auth/session')).json.authenticated;

const FAULTS = [
  {
    what: 'is killed',
    strike: () => redis.kill(),
    heal: () => redis.restart(),
  },
  {
    what: 'has no memory left',
    // It can forget still, so the session may end before the answer.
    deletes: true,
    strike: () => redis.tell('CONFIG', 'SET', 'maxmemory', '1'),
    heal: () => redis.tell('CONFIG', 'SET', 'maxmemory', '0'),
  },
  {
    what: 'becomes a read-only replica',
    strike: () => redis.tell('REPLICAOF', '127.0.0.1', '1'),
    heal: () => redis.tell('REPLICAOF', 'NO', 'ONE'),
  },
  {
    what: 'stands still, and does later what it was told meanwhile',
    strike: () => redis.freeze(),
    heal: () => redis.thaw(),
  },
  {
    what: 'cannot be heard',
    strike: async () => link.swallow(),
    heal: async () => link.mend(),
  },
];

describe('S117 S120 a logout token that comes while Redis is away is carried out when it comes again', () => {
  test.each(FAULTS)(
    'Redis $what',
    async ({ strike, heal, deletes = false }) => {
      const [browser, other] = [await site.logIn('oidc', { sid: 'one' }), await site.logIn('oidc')];
      const token = oidc.logoutToken({ sid: 'one' });
      await strike();
      const [answer] = await inTime([post(token)]).finally(heal);
      expectRefused(answer);
      expect(answer.headers['cache-control']).toContain('no-store');
      await redis.untilAnswering();
      await untilReady();
      // What Redis had in its ear when it stood still it has done by now.
      await delay(100);
      if (!deletes) expect(await isSignedIn(browser), 'not yet').toBe(true);
      const again = await post(token);
      expect(again.status, again.summary).toBe(200);
      expect([await isSignedIn(browser), await isSignedIn(other)]).toEqual([false, true]);
      expect((await post(token)).status, 'and a third time').toBe(400);
    },
    30_000,
  );

  test('Redis is lost in the middle of it', async () => {
    const browser = await site.logIn('oidc', { sid: 'two' });
    const token = oidc.logoutToken({ sid: 'two' });
    const before = (await redis.tell('KEYS', '*')).split(' ').length;
    link.delay(300);
    const first = inTime([post(token)]);
    while ((await redis.tell('KEYS', '*')).split(' ').length === before) {
      const ended = await Promise.race([first, delay(20, undefined)]);
      if (ended !== undefined) break;
    }
    link.swallow();
    const [answer] = await first.finally(() => link.mend());
    await untilReady();
    if (answer.status !== 200) {
      expectRefused(answer);
      const again = await post(token);
      expect(again.status, again.summary).toBe(200);
    }
    expect(await isSignedIn(browser)).toBe(false);
  }, 30_000);
});

auditAtTheEnd(() => [site.bff]);
