import { createClient } from 'redis';

type Client = Awaited<ReturnType<typeof open>>;

/** What stands in Redis under the prefix of one test. */
export interface RedisView {
  client: Client;
  keys(): Promise<string[]>;
  /** Every key with its whole content, of whatever type, as text. */
  dump(): Promise<{ key: string; type: string; ttl: number; content: string }[]>;
  close(): void;
}

async function open(url: string) {
  const client = createClient({ url });
  client.on('error', () => {}); // outages are what some of the tests are about
  await client.connect();
  return client;
}

export async function viewRedis(url: string, prefix: string): Promise<RedisView> {
  const client = await open(url);
  const keys = async () => (await client.keys(`${prefix}*`)).sort();
  const content = async (key: string, type: string): Promise<string> => {
    if (type === 'string') return (await client.get(key)) ?? '';
    if (type === 'hash') return JSON.stringify(await client.hGetAll(key));
    if (type === 'set') return JSON.stringify(await client.sMembers(key));
    if (type === 'zset') return JSON.stringify(await client.zRangeWithScores(key, 0, -1));
    if (type === 'list') return JSON.stringify(await client.lRange(key, 0, -1));
    throw new Error(`${key} is a ${type}`);
  };
  const dump = async () =>
    Promise.all(
      (await keys()).map(async (key) => {
        const type = await client.type(key);
        return { key, type, ttl: await client.ttl(key), content: await content(key, type) };
      }),
    );
  return { client, keys, dump, close: () => client.destroy() };
}
