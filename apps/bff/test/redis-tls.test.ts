import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  startCluster,
  startSentinel,
  type Topology,
} from '../../../packages/express/test/redis-topologies.ts';
import {
  type CertificateAuthority,
  makeAuthority,
} from '../../../scripts/certificate-authority.ts';
import { auditAtTheEnd } from './audit.ts';
import { type BffProcess, startBff } from './bff-process.ts';
import { Browser } from './browser-jar.ts';
import { comeBack, signIn, walkToCallback } from './sign-in.ts';
import { BACK_WITHIN, expectRefused } from './store-trouble.ts';
import { StrictProvider } from './strict-provider.ts';

let provider: StrictProvider;
let authority: CertificateAuthority;
let stranger: CertificateAuthority;
const running: BffProcess[] = [];

async function start(redisUrl: string, trusted: CertificateAuthority): Promise<BffProcess> {
  const env = { NODE_EXTRA_CA_CERTS: trusted.file };
  const bff = await startBff({ provider, redisUrl, env });
  running.push(bff);
  return bff;
}

beforeAll(async () => {
  provider = await new StrictProvider().open();
  [authority, stranger] = [makeAuthority(), makeAuthority()];
});

afterAll(async () => {
  await Promise.all(running.map((each) => each.stop()));
  for (const each of [authority, stranger]) each.remove();
  await provider.close();
});

describe.each([
  ['a cluster', startCluster],
  ['what a sentinel knows', startSentinel],
])('S126 %s by TLS', { timeout: 30_000 }, (_name, startTopology) => {
  let redis: Topology;

  beforeAll(async () => {
    redis = await startTopology({ ...authority.sign('127.0.0.1'), ca: authority.file });
  }, 60_000);

  afterAll(() => redis.stop());

  test('is reached where the authority is known', async () => {
    expect(redis.url).toMatch(/^rediss\+/);
    const bff = await start(redis.url, authority);
    const members = await Promise.all(Array.from({ length: 8 }, () => signIn(bff, provider)));
    for (const member of members) {
      expect((await member.call('GET', '/auth/sessions')).json).toHaveLength(8);
      expect((await member.call('GET', '/api/user/info')).status).toBe(200);
    }
    for (const member of members) {
      expect((await member.call('POST', '/auth/logout')).status).toBe(200);
      expect((await member.call('GET', '/api/user/info')).status).toBe(401);
    }
  });

  test('is not spoken to where it is not, and the log says why', async () => {
    const bff = await start(redis.url, stranger);
    const browser = new Browser(bff);
    expectRefused(await browser.send('GET', '/readyz'));
    const back = await comeBack(browser, await walkToCallback(browser, provider));
    expect(back.location).toBe('/?error=session_store_unavailable');
    await expect.poll(bff.output, { timeout: BACK_WITHIN }).toMatch(/"store\.lost".*certificate/);
  });
});

auditAtTheEnd(() => running);
