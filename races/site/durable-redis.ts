import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from 'redis';
import { type LocalRedis, startLocalRedis } from '../../scripts/local-redis.ts';

/** A private Redis server that keeps its data over a crash, at the same port. */
export interface DurableRedis {
  url: string;
  /** The names of all keys. */
  keys(): Promise<string[]>;
  /** How often a command was called so far. */
  calls(command: string): Promise<number>;
  /** Delete a key. */
  remove(key: string): Promise<void>;
  /** Kill it as a power cut does. */
  crash(): Promise<void>;
  /** Start it again with what it had. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

export async function startDurableRedis(): Promise<DurableRedis> {
  const folder = await mkdtemp(join(tmpdir(), 'cloakroom-races-'));
  const args = ['--dir', folder, '--appendonly', 'yes', '--appendfsync', 'always'];
  let server: LocalRedis = await startLocalRedis({ args });
  const { url, port } = server;

  const open = () => createClient({ url });
  const ask = async <T>(command: (client: ReturnType<typeof open>) => Promise<T>) => {
    const client = open();
    await client.connect();
    try {
      return await command(client);
    } finally {
      client.destroy();
    }
  };
  return {
    url,
    keys: () => ask((client) => client.keys('*')),
    async calls(command) {
      const stats = await ask((client) => client.info('commandstats'));
      return Number(new RegExp(`cmdstat_${command}:calls=(\\d+)`).exec(stats)?.[1] ?? 0);
    },
    async remove(key) {
      await ask((client) => client.del(key));
    },
    async crash() {
      process.kill(server.pid, 'SIGKILL');
      await server.stop();
    },
    async restart() {
      server = await startLocalRedis({ port, args });
    },
    async stop() {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
