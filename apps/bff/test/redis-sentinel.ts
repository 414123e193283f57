import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../../scripts/free-port.ts';
import { tieToThisProcess } from '../../../scripts/tied-process.ts';

/** A sentinel that belongs to this process alone. */
export interface RedisSentinel {
  port: number;
  pid: number;
  stop(): Promise<void>;
}

/**
 * Start one of three sentinels that watch the server at this port as `main`, and move on when it
 * was silent for a second.
 * @param password that the sentinel asks for, and the servers too
 */
export async function startRedisSentinel(
  primaryPort: number,
  password: string,
): Promise<RedisSentinel> {
  const port = await freePort();
  const folder = await mkdtemp(join(tmpdir(), 'cloakroom-sentinel-'));
  const file = join(folder, 'sentinel.conf');
  const lines = [
    `port ${port}`,
    'bind 127.0.0.1',
    `dir ${folder}`,
    `requirepass ${password}`,
    `sentinel monitor main 127.0.0.1 ${primaryPort} 2`,
    `sentinel auth-pass main ${password}`,
    'sentinel down-after-milliseconds main 1000',
    'sentinel failover-timeout main 2000',
  ];
  await writeFile(file, `${lines.join('\n')}\n`);
  const sentinel = spawn('redis-server', [file, '--sentinel'], { stdio: 'ignore' });
  const untie = tieToThisProcess(sentinel, folder);
  const ended = new Promise((resolve) => sentinel.once('exit', resolve));
  return {
    port,
    pid: sentinel.pid ?? -1,
    async stop() {
      sentinel.kill('SIGKILL');
      await ended;
      untie();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
