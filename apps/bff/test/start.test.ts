import { createClient } from 'redis';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type LocalRedis, startLocalRedis } from '../../../scripts/local-redis.ts';
import { auditAtTheEnd } from './audit.ts';
import { type BffProcess, startBff } from './bff-process.ts';
import { Browser } from './browser-jar.ts';
import { StrictProvider } from './strict-provider.ts';

let provider: StrictProvider;
let bff: BffProcess;
let redis: LocalRedis;

beforeAll(async () => {
  provider = await new StrictProvider().open();
  redis = await startLocalRedis();
  bff = await startBff({ provider, redisUrl: redis.url });
}, 30_000);

afterAll(async () => {
  await bff.stop();
  await Promise.all([provider.close(), redis.stop()]);
});

describe('the redirect to the provider', () => {
  test('S4 S8 has exactly the documented parameters, each once', async () => {
    const answer = await new Browser(bff).open('/auth/oauth/start');
    expect(answer.status).toBe(302);
    const { origin, pathname, searchParams, hash } = new URL(answer.location);
    expect(origin + pathname + hash).toBe(`${provider.url}/api/oauth2/authorize`);
    const { state, ...rest } = Object.fromEntries(searchParams);
    expect([...searchParams.keys()]).toHaveLength(Object.keys(rest).length + 1);
    expect(rest).toEqual({
      client_id: provider.clientId,
      redirect_uri: `${bff.origin}/oauth/callback`,
      response_type: 'code',
      scope: 'profile balance',
      auto_authorize: 'true',
    });
    expect(state).toMatch(/^[\w-]{22,128}$/);
    expect(answer.body).toBe('');
  });

  test('S11 1,000 states are unique and random in every place', async () => {
    const browsers = Array.from({ length: 1000 }, () => new Browser(bff));
    const states = await Promise.all(
      browsers.map(async (browser) => {
        const answer = await browser.open('/auth/oauth/start?return_to=/same');
        return new URL(answer.location).searchParams.get('state') ?? '';
      }),
    );
    expect(new Set(states).size).toBe(1000);
    const length = states[0]?.length ?? 0;
    // The last place may hold fewer than 6 bits; every other one must look random.
    for (let place = 0; place < length - 1; place += 1) {
      const distinct = new Set(states.map((state) => state[place])).size;
      expect(distinct, `characters at place ${place}`).toBeGreaterThan(12);
    }
  }, 30_000);

  test('S20 takes nothing from the caller but provider and return_to', async () => {
    const names =
      'scope redirect_uri client_id response_type prompt acr_values login_hint state nonce code_challenge code_challenge_method auto_authorize response_mode resource sid';
    const injected = names
      .split(' ')
      .map((name) => `${name}=INJECTED`)
      .join('&');
    const returnTo = encodeURIComponent(`/x&${injected}#&${injected}`);
    const answer = await new Browser(bff).open(
      `/auth/oauth/start?return_to=${returnTo}&${injected}`,
    );
    expect(answer.location).not.toContain('INJECTED');
    const callback = provider.authorize(answer.location);
    expect(callback.searchParams.has('code')).toBe(true);
  });

  test.each([
    ['Host', { host: 'evil.example' }],
    ['X-Forwarded-Host', { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https' }],
    ['Forwarded', { forwarded: 'host=evil.example;proto=https' }],
    ['X-Original-Host', { 'x-original-host': 'evil.example', 'x-host': 'evil.example' }],
    ['X-Original-URL', { 'x-original-url': 'http://evil.example/', 'x-rewrite-url': '/evil' }],
  ])('S21 S136 never follows %s into redirect_uri', async (_name, headers) => {
    const answer = await new Browser(bff).open('/auth/oauth/start', { headers });
    expect(answer.headers).not.toHaveProperty('x-evil');
    expect(JSON.stringify(answer.headers)).not.toContain('evil.example');
    if (answer.status !== 302) return expect([400, 421]).toContain(answer.status);
    const asked = new URL(answer.location).searchParams.get('redirect_uri');
    expect(asked).toBe(`${bff.origin}/oauth/callback`);
    for (const cookie of answer.cookies) expect(cookie.attributes).not.toHaveProperty('secure');
  });

  test.each([
    '?provider=nobody',
    '?provider=',
    '?provider=__proto__',
    '?provider=constructor',
    '?provider=toString',
    '?provider=aihubmix&provider=evil',
    '?provider=AIHUBMIX',
    '?provider=flarum',
  ])('sends an unknown provider home: %s', async (query) => {
    const answer = await new Browser(bff).open(`/auth/oauth/start${query}`);
    expect([answer.status, answer.location]).toEqual([302, '/?error=unknown_provider']);
    expect(answer.cookies).toEqual([]);
  });

  test('names its only provider by its profile', async () => {
    const answer = await new Browser(bff).open('/auth/oauth/start?provider=aihubmix&return_to=/x');
    expect(answer.location).toContain(provider.url);
  });
});

test('S56 300 starts and any anonymous traffic write nothing to Redis', async () => {
  const client = await createClient({ url: redis.url }).connect();
  const monitor = client.duplicate();
  await monitor.connect();
  const writes: string[] = [];
  await monitor.monitor((line) => {
    if (/"(set|hset|setex|psetex|zadd|sadd|incr|expire|eval|evalsha|fcall)"/i.test(line))
      writes.push(line);
  });
  const before = await client.dbSize();
  const anonymous = new Browser(bff);
  await Promise.all([
    ...Array.from({ length: 300 }, () => new Browser(bff).open('/auth/oauth/start?return_to=/x')),
    ...['/', '/deep/page', '/healthz', '/nothing.js'].map((path) => anonymous.open(path)),
    ...['/auth/session', '/auth/providers', '/api/user/info', '/api/nothing', '/auth/sessions'].map(
      (path) => anonymous.call('GET', path),
    ),
    anonymous.call('POST', '/auth/logout'),
  ]);
  expect(writes.slice(0, 5)).toEqual([]);
  expect(await client.dbSize()).toBeLessThanOrEqual(before);
  expect(anonymous.cookies.size).toBe(0);
  monitor.destroy();
  client.destroy();
});

describe('S23 what is no navigation of the page begins no login', () => {
  test.each([
    [{ 'sec-fetch-mode': 'cors', 'sec-fetch-dest': 'empty', 'sec-fetch-site': 'same-origin' }],
    [{ 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'image', 'sec-fetch-site': 'cross-site' }],
    [{ 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'script' }],
    [{ 'sec-fetch-mode': 'same-origin' }],
    [{ 'sec-fetch-mode': 'websocket' }],
    [{ 'sec-fetch-mode': '' }],
    [{ 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'iframe', 'sec-fetch-site': 'cross-site' }],
    [{ 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'frame' }],
    [{ 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'object' }],
    [{ 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'embed' }],
    [{ 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document', 'sec-purpose': 'prefetch' }],
    [
      {
        'sec-fetch-mode': 'navigate',
        'sec-fetch-dest': 'document',
        'sec-purpose': 'prefetch;prerender',
      },
    ],
    [{ 'sec-purpose': 'prefetch' }],
  ])('%j', async (headers) => {
    const answer = await new Browser(bff).send('GET', '/auth/oauth/start', { headers });
    expect([answer.status, answer.error, answer.cookies]).toEqual([400, 'navigation_required', []]);
  });

  test.each([
    [{}],
    [
      {
        'sec-fetch-mode': 'navigate',
        'sec-fetch-dest': 'document',
        'sec-fetch-site': 'cross-site',
      },
    ],
    [{ 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document', 'sec-fetch-site': 'none' }],
    [{ 'sec-fetch-mode': 'navigate' }],
  ])('but this is one: %j', async (headers) => {
    const answer = await new Browser(bff).send('GET', '/auth/oauth/start', { headers });
    expect([answer.status, answer.cookies.length]).toEqual([302, 1]);
  });

  test.each(['HEAD', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'])('%s', async (method) => {
    const answer = await new Browser(bff).send(method, '/auth/oauth/start', {
      headers: { 'x-csrf': '1', origin: bff.origin },
    });
    expect(answer.cookies).toEqual([]);
    if (method === 'HEAD') expect(answer.status).toBeLessThan(500);
    else expect([404, 405]).toContain(answer.status);
  });
});

auditAtTheEnd(() => [bff]);
