import { hostname } from 'node:os';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freePort } from '../../../scripts/free-port.ts';
import { type LocalRedis, startLocalRedis } from '../../../scripts/local-redis.ts';
import { auditAtTheEnd } from './audit.ts';
import { type BffProcess, startBff } from './bff-process.ts';
import { Browser } from './browser-jar.ts';
import { signIn } from './sign-in.ts';
import { expectRefused } from './store-trouble.ts';
import { StrictProvider } from './strict-provider.ts';
import { account } from './strict-tokens.ts';

let provider: StrictProvider;
let redis: LocalRedis;
let bff: BffProcess;
let visitor: Browser;
let metricsPort: number;

beforeAll(async () => {
  provider = await new StrictProvider().open();
  redis = await startLocalRedis();
  metricsPort = await freePort();
  const env = { METRICS_PORT: String(metricsPort) };
  bff = await startBff({ provider, redisUrl: redis.url, env });
  visitor = new Browser(bff);
}, 30_000);

afterAll(async () => {
  await bff.stop();
  await redis.stop();
  await provider.close();
});

describe('S137 what anybody may ask', () => {
  test.each(['/healthz', '/readyz'])('%s says one word', async (path) => {
    const answer = await visitor.send('GET', path);
    expect([answer.status, answer.body]).toEqual([200, '{"status":"ok"}']);
    const ours = ['server', 'x-powered-by', 'via', 'x-runtime', 'set-cookie'];
    expect(Object.keys(answer.headers).filter((name) => ours.includes(name))).toEqual([]);
  });

  test.each([
    ...['/metrics', '/health', '/ready', '/status', '/info', '/debug', '/debug/pprof', '/trace'],
    ...['/swagger', '/openapi.json', '/docs', '/api-docs', '/actuator/env', '/server-status'],
    ...['/.env', '/package.json', '/config', '/api/metrics', '/auth/debug', '/healthz/redis'],
  ])('%s is the page, or not found', async (path) => {
    const page = await visitor.open('/');
    const answer = await visitor.open(path);
    if (answer.status !== 404) expect([answer.status, answer.body]).toEqual([200, page.body]);
  });
});

test('S137 the metrics count, and name nobody', async () => {
  const member = await signIn(bff, provider, { account: account(7, 'counted') });
  const info = await member.call('GET', '/api/user/info');
  const [session] = (await member.call('GET', '/auth/sessions')).json;
  const read = await fetch(`http://127.0.0.1:${metricsPort}/metrics`);
  const text = await read.text();
  expect(text).toMatch(/cloakroom_events_total\{event="login.succeeded".*\} 1/);
  const { username, email } = info.json;
  const names = [username, email, session.handle, hostname(), redis.url, bff.origin, provider.url];
  for (const name of names) {
    expect(name).toMatch(/./);
    expect(text).not.toContain(name);
  }
});

test('S137 nothing else is at the port of the metrics', async () => {
  for (const path of ['/', '/healthz', '/auth/session', '/api/user/info', '/metrics/more']) {
    expect((await fetch(`http://127.0.0.1:${metricsPort}${path}`)).status, path).toBe(404);
  }
});

test('S137 a store that is away is not named', async () => {
  await redis.stop();
  const answer = await visitor.send('GET', '/readyz');
  expectRefused(answer);
  expect(answer.body).not.toMatch(/redis|127\.0\.0\.1|ECONN|:\d{4,5}/i);
});

auditAtTheEnd(() => [bff]);
