import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startCluster, type Topology } from '../../../packages/express/test/redis-topologies.ts';
import { freePort } from '../../../scripts/free-port.ts';
import { auditAtTheEnd } from './audit.ts';
import { type BffProcess, startBff } from './bff-process.ts';
import { Browser } from './browser-jar.ts';
import { canary } from './canaries.ts';
import { startClusterReplica } from './cluster-replica.ts';
import { FaultyLink } from './faulty-link.ts';
import { tellRedis } from './faulty-redis.ts';
import { allowing, CLUSTER_COMMANDS, DATA_COMMANDS } from './redis-commands.ts';
import { signIn } from './sign-in.ts';
import {
  BACK_WITHIN,
  expectBackInService,
  expectRefused,
  expectSameProcess,
  inTime,
} from './store-trouble.ts';
import { StrictProvider } from './strict-provider.ts';
import { useDuring } from './use-during.ts';

const PASSWORD = canary('SECRET');
const USER = ['ACL', 'SETUSER', 'cloakroom', 'on', `>${PASSWORD}`];
const RULES = ['~cloakroom:*', ...allowing([...DATA_COMMANDS, ...CLUSTER_COMMANDS])];

let provider: StrictProvider;
let cluster: Topology;
let nodes: string[];
let bff: BffProcess;

const running: BffProcess[] = [];

async function start(hosts: string): Promise<BffProcess> {
  const redisUrl = `redis+cluster://cloakroom:${PASSWORD}@${hosts}`;
  const started = await startBff({ provider, redisUrl, env: { REDIS_PREFIX: 'cloakroom:' } });
  running.push(started);
  return started;
}

beforeAll(async () => {
  provider = await new StrictProvider().open();
  cluster = await startCluster();
  const hosts = cluster.url.slice('redis+cluster://'.length);
  nodes = hosts.split(',').map((host) => `redis://${host}`);
  for (const node of nodes) await tellRedis(node, ...USER, ...RULES);
  bff = await start(hosts);
}, 60_000);

afterAll(async () => {
  await Promise.all(running.map((each) => each.stop()));
  await cluster.stop();
  await provider.close();
});

const nodePid = async (node: string) =>
  Number(/process_id:(\d+)/.exec(await tellRedis(node, 'INFO', 'server'))?.[1]);

test('S126 as a user with its own prefix and these commands alone, logins work', async () => {
  const members = await Promise.all(Array.from({ length: 12 }, () => signIn(bff, provider)));
  for (const member of members) {
    expect((await member.call('GET', '/auth/sessions')).json).toHaveLength(12);
    expect((await member.call('GET', '/api/user/info')).status).toBe(200);
  }
  for (const member of members) {
    expect((await member.call('POST', '/auth/logout')).status).toBe(200);
    expect((await member.call('GET', '/api/user/info')).status).toBe(401);
  }
});

test('S120 a node stands still: its sessions wait, those of others go on', async () => {
  const members = await Promise.all(Array.from({ length: 12 }, () => signIn(bff, provider)));
  const pid = await nodePid(nodes[0] ?? '');
  process.kill(pid, 'SIGSTOP');
  const answers = await inTime(
    members.map((member) => member.call('GET', '/api/user/info')),
  ).finally(() => process.kill(pid, 'SIGCONT'));
  const refused = answers.filter(({ status }) => status !== 200);
  for (const answer of refused) expectRefused(answer);
  expect(refused.length, 'of 12').toBeGreaterThan(0);
  expect(refused.length, 'of 12').toBeLessThan(12);
  await expectBackInService({ bff, provider });
  for (const member of members) {
    const info = async () => (await member.call('GET', '/api/user/info')).status;
    await expect.poll(info, { timeout: BACK_WITHIN }).toBe(200);
  }
  expectSameProcess(bff);
}, 30_000);

test('S120 the connections to every node are cut: back by itself', async () => {
  const member = await signIn(bff, provider);
  const cut = (node: string) => tellRedis(node, 'CLIENT', 'KILL', 'USER', 'cloakroom');
  await useDuring({ bff, provider }, () => Promise.all(nodes.map(cut)));
  await expectBackInService({ bff, provider });
  expect((await member.call('GET', '/api/user/info')).status).toBe(200);
  expectSameProcess(bff);
}, 30_000);

test('S120 a cluster that comes after the start: served all the same', async () => {
  const door = await freePort();
  const late = await start(`127.0.0.1:${door}`);
  expectRefused(await new Browser(late).send('GET', '/readyz'));
  const link = await FaultyLink.open(Number(new URL(nodes[1] ?? '').port), door);
  try {
    await expectBackInService({ bff: late, provider });
    expectSameProcess(late);
  } finally {
    await link.close();
  }
}, 30_000);

test('S120 a node stands still for good: its replica takes over, and its sessions with it', async () => {
  const [first = '', second = ''] = nodes;
  const replica = await startClusterReplica(nodes);
  await tellRedis(replica.url, ...USER, ...RULES);
  for (const node of [...nodes, replica.url]) {
    await tellRedis(node, 'CONFIG', 'SET', 'cluster-node-timeout', '1000');
  }
  const members = await Promise.all(Array.from({ length: 12 }, () => signIn(bff, provider)));
  const size = await tellRedis(first, 'DBSIZE');
  await expect.poll(() => tellRedis(replica.url, 'DBSIZE')).toBe(size);
  const pid = await nodePid(first);
  const takenOver = async () => {
    process.kill(pid, 'SIGSTOP');
    const ofReplica = new RegExp(`:${replica.port}@\\S* master .* connected \\d`);
    while (!ofReplica.test(await tellRedis(second, 'CLUSTER', 'NODES'))) await delay(50);
  };
  // The other nodes are heard of all the time.
  const others = setInterval(() => {
    for (const member of members) member.call('GET', '/auth/session').catch(() => {});
  }, 100);
  try {
    await useDuring({ bff, provider }, takenOver);
    await expectBackInService({ bff, provider });
    for (const member of members) {
      const info = async () => (await member.call('GET', '/api/user/info')).status;
      await expect.poll(info, { timeout: BACK_WITHIN }).toBe(200);
    }
    expectSameProcess(bff);
  } finally {
    clearInterval(others);
    process.kill(pid, 'SIGKILL');
    await replica.stop();
  }
}, 60_000);

auditAtTheEnd(() => running);
