import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  type Cluster,
  type ClusterNode,
  startCluster,
} from '../../../packages/express/test/redis-topologies.ts';
import { freePort } from '../../../scripts/free-port.ts';
import type { LocalRedis } from '../../../scripts/local-redis.ts';
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
let cluster: Cluster;
/** Those that serve. */
let nodes: string[];
let bff: BffProcess;

const running: BffProcess[] = [];
const replicas: LocalRedis[] = [];

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
  nodes = cluster.nodes.map(({ url }) => url);
  for (const node of nodes) await tellRedis(node, ...USER, ...RULES);
  bff = await start(hosts);
}, 60_000);

afterAll(async () => {
  await Promise.all(running.map((each) => each.stop()));
  await Promise.all([cluster, ...replicas].map((each) => each.stop()));
  await provider.close();
});

/** What the process has told of the store from now on. */
function storeEvents(): () => string[] {
  const said = bff.output().length;
  return () =>
    bff
      .output()
      .slice(said)
      .match(/store\.(lost|ready)/g) ?? [];
}

function firstNode(): ClusterNode {
  const first = cluster.nodes.find(({ url }) => url === nodes[0]);
  if (first === undefined) throw new Error('no node');
  return first;
}

/** So many that each node has sessions of some, and none of all. */
const signInMany = () => Promise.all(Array.from({ length: 24 }, () => signIn(bff, provider)));

const userInfo = (member: Browser) => member.call('GET', '/api/user/info');

async function expectAllServed(members: readonly Browser[]): Promise<void> {
  for (const member of members) {
    const status = async () => (await userInfo(member)).status;
    await expect.poll(status, { timeout: BACK_WITHIN }).toBe(200);
  }
}

/** Tell whose session is on a node that answers, and whose is refused. */
async function bySession(
  members: readonly Browser[],
): Promise<{ served: Browser[]; refused: Browser[] }> {
  const answers = await inTime(members.map(userInfo));
  const served = members.filter((_, at) => answers[at]?.status === 200);
  const refused = members.filter((member) => !served.includes(member));
  for (const answer of answers) if (answer.status !== 200) expectRefused(answer);
  expect([served.length, refused.length], 'served, refused').not.toContain(0);
  return { served, refused };
}

test('S126 as a user with its own prefix and these commands alone, logins work', async () => {
  const members = await signInMany();
  for (const member of members) {
    expect((await member.call('GET', '/auth/sessions')).json).toHaveLength(members.length);
    expect((await userInfo(member)).status).toBe(200);
  }
  for (const member of members) {
    expect((await member.call('POST', '/auth/logout')).status).toBe(200);
    expect((await userInfo(member)).status).toBe(401);
  }
});

test('S120 a node stands still: its sessions wait, those of others go on', async () => {
  const members = await signInMany();
  const pid = firstNode().pid();
  process.kill(pid, 'SIGSTOP');
  await bySession(members).finally(() => process.kill(pid, 'SIGCONT'));
  await expectBackInService({ bff, provider });
  await expectAllServed(members);
  expectSameProcess(bff);
}, 30_000);

describe('S120 a node is away for long, and the others serve without it', () => {
  const configure = async (fullCoverage: string, nodeTimeout: string) => {
    for (const node of nodes) {
      await tellRedis(node, 'CONFIG', 'SET', 'cluster-require-full-coverage', fullCoverage);
      await tellRedis(node, 'CONFIG', 'SET', 'cluster-node-timeout', nodeTimeout);
    }
  };
  beforeEach(() => configure('no', '1000'));
  afterEach(() => configure('yes', '15000'));

  const absences = [
    {
      how: 'is dead',
      begin: () => firstNode().die(),
      async end() {
        await firstNode().comeBack();
        await tellRedis(firstNode().url, ...USER, ...RULES);
      },
    },
    {
      how: 'stands still',
      begin: () => process.kill(firstNode().pid(), 'SIGSTOP'),
      end: () => process.kill(firstNode().pid(), 'SIGCONT'),
    },
  ];

  test.each(absences)(
    'it $how: sessions of the others are refreshed, and its loss is told once',
    async ({ begin, end }) => {
      const members = await signInMany();
      const said = bff.output().length;
      const told = () =>
        bff
          .output()
          .slice(said)
          .match(/store\.(lost|ready)/g);
      await begin();
      try {
        await expect.poll(isNodeGivenUp, { timeout: BACK_WITHIN }).toBe(true);
        const { served, refused } = await bySession(members);
        await whileAsking(refused, async (untilRefused) => {
          for (let round = 1; round <= 3; round += 1) {
            await untilRefused(5);
            await expectRefreshed(served);
          }
        });
        expect(told()).toEqual(['store.lost']);
      } finally {
        await end();
      }
      await expectAllServed(members);
      await expectBackInService({ bff, provider });
      expect(told()).toEqual(['store.lost', 'store.ready']);
      expect(provider.tokens.reuses).toBe(0);
      expectSameProcess(bff);
    },
    60_000,
  );
});

const isNodeGivenUp = async () =>
  / master,fail /.test(await tellRedis(nodes[1] ?? '', 'CLUSTER', 'NODES'));

/** Do something while these ask again and again: between any two answers of others, one is refused. */
async function whileAsking(
  members: readonly Browser[],
  act: (untilRefused: (times: number) => Promise<void>) => Promise<void>,
): Promise<void> {
  let [asked, refusals] = [0, 0];
  const ask = async () => {
    asked += 1;
    const member = members[asked % members.length];
    const answer = await member?.call('GET', '/api/user/info').catch(() => undefined);
    if (answer?.status === 503) refusals += 1;
  };
  const asking = setInterval(ask, 200);
  const untilRefused = async (times: number) => {
    const before = refusals;
    await expect.poll(() => refusals - before, { timeout: 15_000 }).toBeGreaterThan(times);
  };
  await act(untilRefused).finally(() => clearInterval(asking));
}

async function expectRefreshed(members: readonly Browser[]): Promise<void> {
  const refreshes = provider.count('token', 'refresh_token');
  provider.tokens.expireAccessTokens();
  const answers = await inTime(members.map(userInfo));
  expect(answers.map(({ status }) => status)).toEqual(members.map(() => 200));
  expect(provider.count('token', 'refresh_token')).toBe(refreshes + members.length);
}

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

test.each([
  ['stands still for good', 'SIGSTOP'],
  ['dies', 'SIGKILL'],
] as const)(
  'S120 a node %s: its replica takes over, and its sessions with it',
  async (_how, signal) => {
    const [first = '', ...others] = nodes;
    const replica = await startClusterReplica(nodes);
    replicas.push(replica);
    await tellRedis(replica.url, ...USER, ...RULES);
    for (const node of [...nodes, replica.url]) {
      await tellRedis(node, 'CONFIG', 'SET', 'cluster-node-timeout', '1000');
    }
    const members = await signInMany();
    const size = await tellRedis(first, 'DBSIZE');
    await expect.poll(() => tellRedis(replica.url, 'DBSIZE')).toBe(size);
    const told = storeEvents();
    const takenOver = async () => {
      process.kill(firstNode().pid(), signal);
      const ofReplica = new RegExp(`:${replica.port}@\\S* master .* connected \\d`);
      while (!ofReplica.test(await tellRedis(others[0] ?? '', 'CLUSTER', 'NODES'))) await delay(50);
    };
    // The other nodes are heard of all the time.
    await whileAsking(members, () => useDuring({ bff, provider }, takenOver));
    await expectAllServed(members);
    await expectBackInService({ bff, provider });
    expect(told()).toEqual(['store.lost', 'store.ready']);
    expectSameProcess(bff);
    await firstNode().die();
    nodes = [...others, replica.url];
  },
  60_000,
);

auditAtTheEnd(() => running);
