import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freePort } from '../../../scripts/free-port.ts';
import { type BffProcess, startBff, startRefused } from './bff-process.ts';
import { Browser } from './browser-jar.ts';
import { canary } from './canaries.ts';
import { StrictProvider } from './strict-provider.ts';

let provider: StrictProvider;
let port: string;

beforeAll(async () => {
  provider = await new StrictProvider().open();
  port = String(await freePort());
});

afterAll(() => provider.close());

const development = () => ({
  PORT: port,
  OAUTH_BASE_URL: provider.url,
  OAUTH_CLIENT_ID: 'client',
  OAUTH_CLIENT_SECRET: canary('SECRET'),
});

describe('defaults and effects', { timeout: 30_000 }, () => {
  const running: BffProcess[] = [];
  const start = async (env: Record<string, string>): Promise<Browser> => {
    const bff = await startBff({ provider, env });
    running.push(bff);
    return new Browser(bff);
  };
  afterAll(async () => {
    await Promise.all(running.map((bff) => bff.stop()));
  });

  test('without Redis, secrets and a log level it starts in development', async () => {
    const browser = await start({
      SESSION_SECRETS: '',
      LOG_LEVEL: '',
      RATE_LIMIT_LOGIN: '',
      REDIS_PREFIX: '',
      PROVIDER_TIMEOUT_MS: '',
    });
    const answer = await browser.open('/auth/oauth/start');
    expect(answer.status).toBe(302);
    expect((await browser.send('GET', '/readyz')).status).toBe(200);
    expect(browser.bff.output()).not.toMatch(/"level":(10|20),/);
  });

  test('OAUTH_SCOPE, OAUTH_REDIRECT_URI and a base URL with a slash are used as they are', async () => {
    const browser = await start({
      OAUTH_SCOPE: 'profile  other:scope',
      OAUTH_REDIRECT_URI: 'http://localhost:1234/oauth/callback',
      OAUTH_BASE_URL: `${provider.url}/`,
    });
    const query = new URL((await browser.open('/auth/oauth/start')).location);
    expect(query.searchParams.get('scope')).toMatch(/^profile +other:scope$/);
    expect(query.searchParams.get('redirect_uri')).toBe('http://localhost:1234/oauth/callback');
    expect(query.origin + query.pathname).toBe(`${provider.url}/api/oauth2/authorize`);
  });

  test('a base URL with a path keeps it', async () => {
    const browser = await start({ OAUTH_BASE_URL: `${provider.url}/tenant/a/` });
    const { location } = await browser.open('/auth/oauth/start');
    expect(location).toMatch(`${provider.url}/tenant/a/api/oauth2/authorize?`);
  });

  test('S130 RATE_LIMIT_LOGIN: a page with 429, Retry-After and no cookie; X-Forwarded-For changes nothing', async () => {
    const browser = await start({ RATE_LIMIT_LOGIN: '3' });
    for (let login = 0; login < 3; login += 1)
      expect((await browser.open('/auth/oauth/start')).status).toBe(302);
    for (const headers of [
      {},
      { 'x-forwarded-for': '6.6.6.6' },
      { forwarded: 'for=7.7.7.7' },
      { 'x-real-ip': '8.8.8.8' },
    ]) {
      for (const path of ['/auth/oauth/start', '/oauth/callback?code=x&state=y']) {
        const answer = await browser.open(path, { headers });
        expect([answer.status, answer.cookies], path).toEqual([429, []]);
        expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
        expect(answer.headers['content-type']).toMatch(/^text\/html/);
      }
    }
    expect((await browser.call('GET', '/auth/session')).status).toBe(200);
  });

  test('S136 TRUST_PROXY=1 tells clients apart by the last hop alone', async () => {
    const browser = await start({ RATE_LIMIT_LOGIN: '2', TRUST_PROXY: '1' });
    const open = (chain: string) =>
      browser.open('/auth/oauth/start', { headers: { 'x-forwarded-for': chain } });
    for (const chain of ['6.6.6.1, 9.9.9.9', '6.6.6.2, 9.9.9.9'])
      expect((await open(chain)).status).toBe(302);
    expect((await open('6.6.6.3, 9.9.9.9')).status).toBe(429);
    expect((await open('6.6.6.3, 9.9.9.8')).status).toBe(302);
  });

  test('METRICS_PORT: on loopback, at /metrics of its own port only', async () => {
    const metrics = await freePort();
    const browser = await start({ METRICS_PORT: String(metrics) });
    const read = await fetch(`http://127.0.0.1:${metrics}/metrics`);
    expect([read.status, (await read.text()).includes('# TYPE')]).toEqual([200, true]);
    expect((await browser.send('GET', '/metrics')).body).not.toContain('# TYPE');
  });

  test('a port that is taken ends the start with an error', async () => {
    const env = { ...development(), PORT: String(running[0]?.port) };
    const { code, output } = await startRefused(env);
    expect(code).not.toBe(0);
    expect(output).toMatch(/EADDRINUSE|in use/i);
  });
});
