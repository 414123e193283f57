import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from '../../../scripts/free-port.ts';
import { type LocalRedis, startLocalRedis } from '../../../scripts/local-redis.ts';
import { tellRedis } from './faulty-redis.ts';

/** Start a replica of a node, and wait until it has what the node has and the cluster knows of it. */
export async function startClusterReplica(nodes: readonly string[]): Promise<LocalRedis> {
  const [of = ''] = nodes;
  const bus = ['--cluster-port', String(await freePort())];
  const replica = await startLocalRedis({ args: ['--cluster-enabled', 'yes', ...bus] });
  const meet = ['CLUSTER', 'MEET', '127.0.0.1', String(replica.port), bus[1] ?? ''];
  const id = await tellRedis(of, 'CLUSTER', 'MYID');
  await tellRedis(of, ...meet);
  const replicate = () => tellRedis(replica.url, 'CLUSTER', 'REPLICATE', id).catch(() => '');
  while ((await replicate()) !== 'OK') await delay(50);
  const linked = () => tellRedis(replica.url, 'INFO', 'replication');
  while (!(await linked()).includes('master_link_status:up')) await delay(50);
  for (const node of nodes) {
    const known = () => tellRedis(node, 'CLUSTER', 'NODES');
    while (!new RegExp(`:${replica.port}@\\d+\\S* slave`).test(await known())) await delay(50);
  }
  return replica;
}
