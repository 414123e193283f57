import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import { type LocalRedis, startLocalRedis } from '../../../scripts/local-redis.ts';
import { auditAtTheEnd } from './audit.ts';
import { type BffProcess, startBff, startSibling } from './bff-process.ts';
import { Browser } from './browser-jar.ts';
import { passwordCall } from './password-call.ts';
import { viewRedis } from './redis-keys.ts';
import { member, StrictAccount } from './strict-account.ts';

const LIMIT = 4;

let provider: StrictAccount;
let bff: BffProcess;
let sibling: BffProcess;
let behindProxy: BffProcess;

beforeAll(async () => {
  provider = await new StrictAccount().open();
  const redisUrl = inject('redisUrl');
  const env = { OAUTH_PROFILE: 'rememberizer-account', RATE_LIMIT_PASSWORD: String(LIMIT) };
  bff = await startBff({ provider, redisUrl, env });
  sibling = await startSibling(bff, provider);
  behindProxy = await startSibling(bff, provider, { TRUST_PROXY: '1' });
}, 30_000);

beforeEach(() => {
  provider.calls.length = 0;
});

afterAll(async () => {
  await Promise.all([bff.stop(), sibling.stop(), behindProxy.stop()]);
  await provider.close();
});

/** One wrong password more, for this name. */
async function tryOnce(login: string, via: BffProcess, headers: Record<string, string> = {}) {
  const form = { login, password: member().password, captcha: 'x' };
  return passwordCall(new Browser(bff), 'signin', { form, via, headers });
}

/** Use the tries of a name up, over two processes. */
async function useUp(login: string): Promise<void> {
  for (let count = 0; count < LIMIT; count += 1) {
    const got = await tryOnce(login, count % 2 ? bff : sibling);
    expect([got.status, got.error], got.summary).toEqual([401, 'invalid_credentials']);
  }
}

describe('S130 tries with a name', () => {
  test('are counted over two processes; one too many is 429, and reaches nobody', async () => {
    const { login } = member();
    await useUp(login);
    for (const via of [bff, sibling]) {
      const got = await tryOnce(login, via);
      expect([got.status, got.error], got.summary).toEqual([429, 'rate_limited']);
      const wait = Number(got.headers['retry-after']);
      expect(wait > 0 && wait <= 60, String(wait)).toBe(true);
    }
    expect(provider.count('signin')).toBe(LIMIT);
  });

  test('at the same moment pass no more often', async () => {
    const { login } = member();
    const calls = Array.from({ length: 20 }, (_, at) => tryOnce(login, at % 2 ? bff : sibling));
    const statuses = (await Promise.all(calls)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 401)).toHaveLength(LIMIT);
    expect(statuses.filter((status) => status === 429)).toHaveLength(20 - LIMIT);
    expect(provider.count('signin')).toBe(LIMIT);
  });

  test('with the right password are tries too, and end at the same limit', async () => {
    const { login, password } = provider.enrol();
    const form = { login, password, captcha: 'x' };
    const statuses = [];
    for (let count = 0; count <= LIMIT; count += 1)
      statuses.push((await passwordCall(new Browser(bff), 'signin', { form })).status);
    expect(statuses).toEqual([...Array(LIMIT).fill(200), 429]);
  });

  test('in other letters or with spaces are the same name', async () => {
    const { login } = member();
    await useUp(login);
    for (const spelling of [login.toUpperCase(), ` ${login}`, `${login}\t`])
      expect((await tryOnce(spelling, bff)).status).toBe(429);
  });

  test('of one name do not count for another', async () => {
    await useUp(member().login);
    expect((await tryOnce(member().login, bff)).status).toBe(401);
  });

  test('from another address do not count together, where a proxy is trusted that says so', async () => {
    const { login } = member();
    await useUp(login);
    const from = (address: string) => ({ 'x-forwarded-for': address });
    expect((await tryOnce(login, behindProxy, from('203.0.113.7'))).status).toBe(401);
    for (let count = 1; count < LIMIT; count += 1)
      await tryOnce(login, behindProxy, from(`198.51.100.${count}, 203.0.113.7`));
    expect((await tryOnce(login, behindProxy, from('198.51.100.9, 203.0.113.7'))).status).toBe(429);
  });

  test('from one network of IPv6 count together: whoever has an address there has them all', async () => {
    const { login } = member();
    const from = (address: string) => ({ 'x-forwarded-for': address });
    for (let count = 0; count < LIMIT; count += 1)
      await tryOnce(login, behindProxy, from(`2001:db8:1:2:${count}::1`));
    const same = await tryOnce(login, behindProxy, from('2001:db8:1:2:ffff::9'));
    const other = await tryOnce(login, behindProxy, from('2001:db8:9:9::1'));
    expect([same.status, other.status]).toEqual([429, 401]);
  });

  test('are not forgotten for a header that anybody can send', async () => {
    const { login } = member();
    await useUp(login);
    for (const name of ['x-forwarded-for', 'x-real-ip', 'forwarded', 'x-client-ip'])
      expect((await tryOnce(login, bff, { [name]: '203.0.113.8' })).status).toBe(429);
  });

  test('S125 leave keys that end, and name nobody', async () => {
    const { login } = member();
    await tryOnce(login, bff);
    const redis = await viewRedis(inject('redisUrl'), bff.prefix);
    const dump = await redis.dump();
    redis.close();
    expect(dump.length).toBeGreaterThan(0);
    const tries = dump.filter(({ key }) => !/:(session|tokens|user|lease)/.test(key));
    for (const { key, ttl } of tries) expect(ttl > 0 && ttl <= 60, `${key}: ${ttl}`).toBe(true);
    expect(JSON.stringify(dump)).not.toMatch(/member\d|example\.com|127\.0\.0\.1/);
  });

  test('at the verification of an address are limited too', async () => {
    const who = provider.enrol();
    const browser = new Browser(bff);
    await passwordCall(browser, 'signin', { form: { ...who, captcha: 'x' } });
    const statuses = [];
    for (let count = 0; count <= LIMIT; count += 1) {
      const form = { verification_code: '000000' };
      statuses.push((await passwordCall(browser, 'verify-email', { form })).status);
    }
    expect(statuses).toEqual([...Array(LIMIT).fill(400), 429]);
  });
});

test('without a setting it is 10', async () => {
  const usual = await startSibling(bff, provider, { RATE_LIMIT_PASSWORD: '' });
  try {
    const { login } = member();
    const statuses = [];
    for (let count = 0; count <= 10; count += 1)
      statuses.push((await tryOnce(login, usual)).status);
    expect(statuses).toEqual([...Array(10).fill(401), 429]);
  } finally {
    await usual.stop();
  }
});

test('0 turns the limit off', async () => {
  const free = await startSibling(bff, provider, { RATE_LIMIT_PASSWORD: '0' });
  try {
    const { login } = member();
    for (let count = 0; count < 15; count += 1)
      expect((await tryOnce(login, free)).status).toBe(401);
  } finally {
    await free.stop();
  }
});

describe('while Redis is away', () => {
  let redis: LocalRedis;
  let lonely: BffProcess;

  beforeAll(async () => {
    redis = await startLocalRedis();
    const env = { OAUTH_PROFILE: 'rememberizer-account' };
    lonely = await startBff({ provider, redisUrl: redis.url, env });
    await redis.stop();
  }, 30_000);

  afterAll(() => lonely.stop());

  test('S120 S130 nobody can try at all: 503, and the provider is not asked', async () => {
    const { login, password } = provider.enrol();
    for (const route of ['signin', 'signup'] as const) {
      const form = { login, email: login, password, captcha: 'x' };
      const got = await passwordCall(new Browser(lonely), route, { form });
      expect([got.status, got.error], got.summary).toEqual([503, 'session_store_unavailable']);
      expect(got.cookies).toEqual([]);
    }
    expect(provider.calls).toEqual([]);
  });
});

test('S3 S89 all this time the client did what the document says', () => {
  expect(provider.violations).toEqual([]);
});

auditAtTheEnd(() => [bff, sibling, behindProxy]);
