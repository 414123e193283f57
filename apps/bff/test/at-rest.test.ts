import { createClient } from 'redis';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type LocalRedis, startLocalRedis } from '../../../scripts/local-redis.ts';
import { auditAtTheEnd } from './audit.ts';
import { type BffProcess, startBff, startSibling } from './bff-process.ts';
import type { Browser } from './browser-jar.ts';
import { canary, leaks } from './canaries.ts';
import { type RedisView, viewRedis } from './redis-keys.ts';
import { signIn } from './sign-in.ts';
import { StrictProvider } from './strict-provider.ts';
import { account } from './strict-tokens.ts';

let provider: StrictProvider;
let server: LocalRedis;
let redis: RedisView;
let bff: BffProcess;
let both: BffProcess;
let onlyNew: BffProcess;
let monitored = '';
let monitor: ReturnType<typeof createClient>;

beforeAll(async () => {
  provider = await new StrictProvider().open();
  server = await startLocalRedis();
  monitor = createClient({ url: server.url });
  await monitor.connect();
  await monitor.monitor((line) => {
    monitored += `${line}\n`;
  });
  bff = await startBff({ provider, redisUrl: server.url });
  const [old, fresh] = [bff.env.SESSION_SECRETS ?? '', canary('SESSION_SECRET').padEnd(40, 'y')];
  [both, onlyNew] = await Promise.all([
    startSibling(bff, provider, { SESSION_SECRETS: `${fresh},${old}` }),
    startSibling(bff, provider, { SESSION_SECRETS: fresh }),
  ]);
  redis = await viewRedis(server.url, '');
}, 30_000);

afterAll(async () => {
  await Promise.all([bff, both, onlyNew].map((each) => each.stop()));
  redis.close();
  monitor.destroy();
  await server.stop();
  await provider.close();
});

const info = async (browser: Browser, via = bff) =>
  (await browser.call('GET', '/api/user/info', { via })).status;

/** The keys that a new session adds, without the mark of the attempt. */
async function keysOf(make: () => Promise<Browser>): Promise<{ browser: Browser; keys: string[] }> {
  const before = new Set(await redis.keys());
  const browser = await make();
  const added = (await redis.keys()).filter((key) => !before.has(key));
  return { browser, keys: added.filter((key) => !key.includes('attempt')) };
}

describe('S122 S123 S125 what stands in Redis', () => {
  test('tells nothing: no token, no session id, no name, no secret, and every key ends', async () => {
    const user = account(770_001, 'rest');
    const browser = await signIn(bff, provider, { account: user });
    provider.tokens.expireAccessTokens();
    expect(await info(browser)).toBe(200);
    await browser.call('GET', '/auth/sessions');
    const entries = await redis.dump();
    expect(entries.length).toBeGreaterThan(1);
    const cookie = decodeURIComponent(browser.sessionCookie?.value ?? '');
    const id = cookie.replace(/^s:/, '').split('.')[0] ?? '';
    for (const { key, content, ttl, type } of entries) {
      const text = `${key} ${content} ${decodedParts(content)}`;
      expect(leaks(text), key).toEqual([]);
      for (const secret of [
        id,
        user.username,
        '770001',
        'aihubmix.com',
        'profile balance',
        'access_token',
        'Bearer',
        '750.00',
      ])
        expect(text.includes(secret), `${key} (${type}) holds ${secret}`).toBe(false);
      expect(ttl, key).toBeGreaterThan(0);
      expect(ttl, key).toBeLessThanOrEqual(2_592_000);
      expect(key.startsWith(bff.prefix), key).toBe(true);
      expect(content.length, key).toBeLessThan(8192);
    }
  });

  test('nor does the line to Redis, from the first login to the logout', async () => {
    const browser = await signIn(bff, provider, { account: account(770_002, 'line') });
    await info(browser);
    await browser.call('POST', '/auth/logout');
    expect(monitored.length).toBeGreaterThan(500);
    expect(leaks(monitored)).toEqual([]);
    expect(monitored.includes('770002')).toBe(false);
  });

  test('two sessions of one user have nothing in common but who may list them', async () => {
    const user = account(770_003, 'twice');
    const first = await keysOf(() => signIn(bff, provider, { account: user }));
    const second = await keysOf(() => signIn(bff, provider, { account: user }));
    expect(second.keys.length).toBeGreaterThan(0);
    const values = async (keys: string[]) =>
      Promise.all(keys.map((key) => redis.client.get(key).catch(() => key)));
    const common = (await values(first.keys)).filter(
      (value) => value !== null && value.length > 20,
    );
    for (const value of await values(second.keys)) expect(common).not.toContain(value);
  });

  test('S123 no key and no part of one is a cookie that opens anything', async () => {
    const { browser, keys } = await keysOf(() => signIn(bff, provider));
    for (const key of keys) {
      const part = key.split(':').at(-1) ?? '';
      for (const value of [key, part, `s:${part}.x`, encodeURIComponent(`s:${part}.x`)]) {
        const headers = { cookie: `cloakroom=${value}` };
        expect((await browser.call('GET', '/api/user/info', { headers })).status).toBe(401);
      }
    }
  });

  test('S125 the 60th session of a user costs Redis no more commands than the 10th', async () => {
    const user = account(770_008, 'often');
    const costs: number[] = [];
    for (let login = 0; login < 60; login += 1) {
      const before = monitored.split('\n').length;
      await signIn(bff, provider, { account: user });
      await redis.client.ping();
      costs.push(monitored.split('\n').length - before);
    }
    const typical = (from: number) => Math.min(...costs.slice(from, from + 10));
    expect(typical(50), costs.join(' ')).toBeLessThanOrEqual(typical(5) + 10);
  });

  test('logout leaves nothing of a session', async () => {
    const { browser, keys } = await keysOf(() =>
      signIn(bff, provider, { account: account(770_004, 'gone') }),
    );
    await browser.call('POST', '/auth/logout');
    const left = await redis.keys();
    expect(keys.filter((key) => left.includes(key))).toEqual([]);
  });
});

describe('S121 what was tampered with is no session', () => {
  const VARIANTS: [string, (value: string) => string][] = [
    ['empty', () => ''],
    ['text', () => 'hello'],
    ['{}', () => '{}'],
    ['[]', () => '[]'],
    ['null', () => 'null'],
    ['cut off', (value) => value.slice(0, -3)],
    ['half', (value) => value.slice(0, value.length / 2)],
    ['doubled', (value) => value + value],
    ['one character changed in front', (value) => changed(value, 8)],
    [
      'one character changed in the middle',
      (value) => changed(value, Math.floor(value.length / 2)),
    ],
    ['one character changed at the end', (value) => changed(value, value.length - 4)],
    ['another version', (value) => value.replace('v1.', 'v2.')],
    [
      'a readable session',
      () => JSON.stringify({ cookie: {}, user: { id: 1 }, provider: 'aihubmix', passport: {} }),
    ],
    ['pollution', () => '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}'],
    ['a megabyte', () => 'x'.repeat(1_000_000)],
    ['bytes that are no text', () => '\u0000\u00ff\ufffd'],
  ];

  test.each(VARIANTS)('%s', async (_name, tamper) => {
    const { browser, keys } = await keysOf(() => signIn(bff, provider));
    for (const key of keys) {
      const value = await redis.client.get(key).catch(() => null);
      if (value === null) continue;
      expect(tamper(value), key).not.toBe(value);
      await redis.client.set(key, tamper(value), { expiration: 'KEEPTTL' });
      await expectNobody(browser.clone(), key);
      await redis.client.set(key, value, { expiration: 'KEEPTTL' });
    }
    for (const key of keys) {
      const value = await redis.client.get(key).catch(() => null);
      if (value !== null) await redis.client.set(key, tamper(value), { expiration: 'KEEPTTL' });
    }
    await expectNobody(browser, 'every key');
  });

  test('a value of another type, under each of the keys', async () => {
    const { browser, keys } = await keysOf(() =>
      signIn(bff, provider, { account: account(770_005, 'type') }),
    );
    for (const key of keys) {
      const type = await redis.client.type(key);
      await redis.client.del(key);
      if (type === 'string') await redis.client.hSet(key, 'a', '1');
      else await redis.client.set(key, 'x');
      await redis.client.expire(key, 60);
      for (const path of ['/api/user/info', '/auth/session', '/auth/sessions']) {
        const answer = await browser.clone().call('GET', path);
        expect([200, 401], answer.summary).toContain(answer.status);
      }
    }
    expect(await info(browser.clone())).toBe(401);
    expect((await browser.clone().call('POST', '/auth/logout')).status).toBe(200);
    await signIn(bff, provider, { account: account(770_005, 'type') });
  });

  test('what belongs to another session, under this one', async () => {
    const alice = await keysOf(() => signIn(bff, provider, { account: account(770_006, 'a') }));
    const bob = await keysOf(() => signIn(bff, provider, { account: account(770_007, 'b') }));
    const kind = (key: string) => key.slice(bff.prefix.length).replace(/[\w-]{20,}/g, '*');
    let moved = 0;
    for (const key of bob.keys) {
      const source = alice.keys.find((each) => kind(each) === kind(key));
      const value = source === undefined ? null : await redis.client.get(source).catch(() => null);
      const own = await redis.client.get(key).catch(() => null);
      if (value === null || own === null) continue;
      moved += 1;
      await redis.client.set(key, value, { expiration: 'KEEPTTL' });
      await expectNobody(bob.browser.clone(), `${kind(key)} of Alice`);
      await redis.client.set(key, own, { expiration: 'KEEPTTL' });
    }
    expect(moved).toBeGreaterThan(1);
    const [first, second] = (
      await Promise.all(
        bob.keys.map(async (key) => ({
          key,
          value: await redis.client.get(key).catch(() => null),
        })),
      )
    ).filter(({ value }) => value !== null);
    await redis.client.set(first?.key ?? '', second?.value ?? '', { expiration: 'KEEPTTL' });
    await expectNobody(bob.browser, 'its own tokens in place of its session');
  });
});

describe('S64 secrets that change', () => {
  test('[new] alone does not open what [old] closed and nobody used since', async () => {
    const browser = await signIn(bff, provider);
    expect([await info(browser, onlyNew), await info(browser, bff)]).toEqual([401, 200]);
  });

  test('a process that does not know the new one yet ends nothing that was sealed with it', async () => {
    for (let round = 0; round < 10; round += 1) {
      const browser = await signIn(bff, provider);
      const old = browser.clone();
      const moving = browser.call('GET', '/api/user/info', { via: both });
      const meanwhile = Array.from({ length: 10 }, () => info(old, bff));
      expect((await moving).status).toBe(200);
      for (const status of await Promise.all(meanwhile)) expect([200, 401]).toContain(status);
      expect(await info(browser, both)).toBe(200);
    }
  });

  test.each(['/api/user/info', '/auth/session'])(
    'one GET %s with [new, old] brings the session to the new one: then the old one can go',
    async (path) => {
      const user = account(770_064, 'rotation');
      const browser = await signIn(bff, provider, { account: user });
      const before = browser.sessionCookie;
      const answer = await browser.call('GET', path, { via: both });
      expect(answer.status).toBe(200);
      const after = browser.sessionCookie;
      expect(after?.value).not.toBe(before?.value);
      expect({ ...after?.attributes, expires: '' }).toEqual({ ...before?.attributes, expires: '' });
      await vi.waitFor(async () => expect(await info(browser, onlyNew)).toBe(200), 5000);
      const listed = await browser.call('GET', '/auth/sessions', { via: onlyNew });
      expect(listed.json.filter(({ current }: { current: boolean }) => current)).toHaveLength(1);
      provider.tokens.expireAccessTokens();
      expect(await info(browser, onlyNew)).toBe(200);
      await browser.call('POST', '/auth/logout', { via: onlyNew });
    },
  );

  test('a cookie is signed again once, not at every request', async () => {
    const browser = await signIn(bff, provider);
    expect((await browser.call('GET', '/auth/session', { via: both })).cookies).toHaveLength(1);
    expect((await browser.call('GET', '/auth/session', { via: both })).cookies).toHaveLength(0);
  });

  test('a logout with an old signature leaves no cookie', async () => {
    const browser = await signIn(bff, provider);
    await browser.call('POST', '/auth/logout', { via: both });
    expect(browser.sessionCookie).toBeUndefined();
  });

  test('a session that ends in the same request leaves no cookie', async () => {
    const browser = await signIn(bff, provider);
    provider.tokens.revokeEverything();
    const answer = await browser.call('GET', '/api/user/info', { via: both });
    expect(answer.status).toBe(401);
    expect(browser.sessionCookie).toBeUndefined();
  });

  test('[new, old] closes with the new one', async () => {
    const browser = await signIn(bff, provider, { via: both });
    expect([
      await info(browser, both),
      await info(browser, onlyNew),
      await info(browser, bff),
    ]).toEqual([200, 200, 401]);
  });
});

async function expectNobody(browser: Browser, what: string): Promise<void> {
  const answer = await browser.call('GET', '/api/user/info');
  expect([what, answer.status]).toEqual([what, 401]);
  const session = await browser.call('GET', '/auth/session');
  expect([what, session.status]).toEqual([what, 200]);
}

const changed = (value: string, at: number) =>
  `${value.slice(0, at)}${value[at] === 'A' ? 'B' : 'A'}${value.slice(at + 1)}`;

/** Every base64 part of a value, decoded: an encoding is no encryption. */
function decodedParts(content: string): string {
  const parts = content.match(/[\w+/=-]{8,}/g) ?? [];
  return parts.map((part) => Buffer.from(part, 'base64').toString('latin1')).join(' ');
}

auditAtTheEnd(() => [bff, both, onlyNew]);
