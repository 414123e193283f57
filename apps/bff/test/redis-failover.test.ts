import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freePort } from '../../../scripts/free-port.ts';
import type { LocalRedis } from '../../../scripts/local-redis.ts';
import { auditAtTheEnd } from './audit.ts';
import { type BffProcess, startBff } from './bff-process.ts';
import { Browser } from './browser-jar.ts';
import { canary } from './canaries.ts';
import { FaultyLink } from './faulty-link.ts';
import { allowing, DATA_COMMANDS, SENTINEL_COMMANDS } from './redis-commands.ts';
import { comeBack, signIn, walkToCallback } from './sign-in.ts';
import {
  BACK_WITHIN,
  expectBackInService,
  expectRefused,
  expectSameProcess,
} from './store-trouble.ts';
import { StrictProvider } from './strict-provider.ts';
import { useDuring } from './use-during.ts';
import { WatchedRedis } from './watched-redis.ts';

const [PASSWORD, ADMIN] = [canary('SECRET'), canary('SECRET')];
const USER = ['ACL', 'SETUSER', 'cloakroom', 'on', `>${PASSWORD}`];

let provider: StrictProvider;
let watched: WatchedRedis;
let bff: BffProcess;
let late: BffProcess;
let door: number;

const running: BffProcess[] = [];

async function start(hosts: string): Promise<BffProcess> {
  const redisUrl = `redis+sentinel://cloakroom:${PASSWORD}@${hosts}/main`;
  const started = await startBff({ provider, redisUrl, env: { REDIS_PREFIX: 'cloakroom:' } });
  running.push(started);
  return started;
}

beforeAll(async () => {
  provider = await new StrictProvider().open();
  watched = await WatchedRedis.start(ADMIN);
  await watched.tellServers(...USER, '~cloakroom:*', ...allowing(DATA_COMMANDS));
  await watched.tellSentinels(...USER, '&*', ...allowing(SENTINEL_COMMANDS));
  door = await freePort();
  [bff, late] = await Promise.all([start(watched.hosts), start(`127.0.0.1:${door}`)]);
}, 60_000);

afterAll(async () => {
  await Promise.all(running.map((each) => each.stop()));
  await watched.stop();
  await provider.close();
});

test('S126 as a user with its own prefix and these commands alone, a login works', async () => {
  const member = await signIn(bff, provider);
  expect((await member.call('GET', '/api/user/info')).status).toBe(200);
  expect((await member.call('POST', '/auth/logout')).status).toBe(200);
});

const standStill = ({ pid }: { pid: number }) => process.kill(pid, 'SIGSTOP');

// A primary that moved on request is not told for ten seconds that it is a replica now: so it is last.
const FAILOVERS: [string, (primary: LocalRedis) => unknown][] = [
  ['dies', (primary) => primary.stop()],
  [
    'and the first sentinel stand still',
    (primary) => [primary, ...watched.sentinels.slice(0, 1)].map(standStill),
  ],
  ['moves on request', () => watched.move()],
];

/** Whether what a login writes gets to the primary of now, and not to one that was. */
async function loginReachesPrimary(): Promise<boolean> {
  const before = await watched.size();
  const browser = new Browser(bff);
  await comeBack(browser, await walkToCallback(browser, provider));
  return (await watched.size()) > before;
}

test.each(FAILOVERS)(
  'S120 S126 the primary %s: another one serves',
  { timeout: 60_000 },
  async (_, strike) => {
    const member = await signIn(bff, provider);
    await watched.untilReplicated();
    const before = await watched.primary();
    if (before === undefined) throw new Error('no primary');
    const moved = async () => {
      await strike(before);
      for (;;) {
        const now = await watched.primary();
        if (now !== undefined && now !== before) return;
        await delay(50);
      }
    };
    await useDuring({ bff, provider }, moved);
    await expectBackInService({ bff, provider });
    await expect.poll(loginReachesPrimary, { timeout: BACK_WITHIN }).toBe(true);
    const info = await member.call('GET', '/api/user/info');
    expect(info.status, info.summary).toBe(200);
    expect((await member.call('POST', '/auth/logout')).status).toBe(200);
    expectSameProcess(bff);
  },
);

test('S120 sentinels that come long after the start: served all the same', async () => {
  const browser = new Browser(late);
  expectRefused(await browser.send('GET', '/readyz'));
  const alive = watched.sentinels.at(-1)?.port ?? 0;
  const link = await FaultyLink.open(alive, door);
  try {
    await expectBackInService({ bff: late, provider });
    expectSameProcess(late);
  } finally {
    await link.close();
  }
}, 30_000);

auditAtTheEnd(() => running);
