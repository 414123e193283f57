import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type LocalRedis, startLocalRedis } from '../../scripts/local-redis.ts';

/** The session store of a stack, which can be away for a while and remembers, as in production. */
export interface SessionRedis {
  url: string;
  goAway(): Promise<void>;
  comeBack(): Promise<void>;
  /** Forget everything. */
  empty(): Promise<void>;
  stop(): Promise<void>;
}

/** Start a private Redis whose data outlives a restart at the same port. */
export async function startSessionRedis(): Promise<SessionRedis> {
  const folder = await mkdtemp(join(tmpdir(), 'cloakroom-e2e-redis-'));
  const args = ['--dir', folder, '--appendonly', 'yes', '--appendfsync', 'always'];
  let redis: LocalRedis | null = await startLocalRedis({ args });
  const { url, port } = redis;
  const goAway = async () => {
    await redis?.stop();
    redis = null;
  };
  return {
    url,
    goAway,
    async comeBack() {
      redis ??= await startLocalRedis({ args, port });
    },
    empty: () => flush(port),
    async stop() {
      await goAway();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Empty a Redis, and wait until it says so. Speaks the protocol itself, so that it needs no client. */
function flush(port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1' });
    socket.once('error', reject);
    socket.once('data', () => {
      socket.destroy();
      resolve();
    });
    socket.write('FLUSHALL\r\n');
  });
}
