import { spawn } from 'node:child_process';
import { connect } from 'node:net';
import { afterEach, expect, test, vi } from 'vitest';
import { hasRedisServer, type LocalRedis, startLocalRedis } from './local-redis.ts';
import { answersPing } from './redis-ping.ts';

const started: LocalRedis[] = [];

afterEach(async () => {
  await Promise.all(started.splice(0).map((redis) => redis.stop()));
});

async function start(...args: Parameters<typeof startLocalRedis>): Promise<LocalRedis> {
  const redis = await startLocalRedis(...args);
  started.push(redis);
  return redis;
}

function ask(port: number, command: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1' }, () => socket.write(`${command}\r\n`));
    socket.once('error', reject);
    socket.once('data', (data) => {
      socket.destroy();
      resolve(data.toString());
    });
  });
}

test('a started server answers, keeps nothing on disk and evicts nothing', async () => {
  expect(hasRedisServer()).toBe(true);
  const redis = await start();
  expect(await ask(redis.port, 'PING')).toBe('+PONG\r\n');
  expect(redis.url).toBe(`redis://127.0.0.1:${redis.port}`);
  expect(await ask(redis.port, 'CONFIG GET maxmemory-policy')).toContain('noeviction');
  expect(await ask(redis.port, 'CONFIG GET save')).toMatch(/save\r\n\$0/);
});

test('two servers side by side are two servers', async () => {
  const [one, other] = await Promise.all([start(), start()]);
  await ask(one.port, 'SET coat red');
  expect(await ask(other.port, 'GET coat')).toBe('$-1\r\n');
});

test('a stopped server is gone, and another can take its port', async () => {
  const first = await start();
  await ask(first.port, 'SET coat red');
  await first.stop();
  await first.stop();
  expect(await answersPing(first.port)).toBe(false);
  const second = await start({ port: first.port });
  expect(await ask(second.port, 'GET coat')).toBe('$-1\r\n');
});

test('further arguments reach the server', async () => {
  const redis = await start({ args: ['--requirepass', 'ticket'] });
  expect(await ask(redis.port, 'GET coat')).toContain('NOAUTH');
});

test('a taken port is an error that shows what the server said', async () => {
  const redis = await start();
  await expect(startLocalRedis({ port: redis.port })).rejects.toThrow(/in use/i);
});

test('a server does not outlive a parent that is killed', async () => {
  const module = JSON.stringify(new URL('./local-redis.ts', import.meta.url).href);
  const parent = spawn(process.execPath, [
    '--input-type=module',
    '--eval',
    `const { startLocalRedis } = await import(${module});
     console.log((await startLocalRedis()).port);
     setInterval(() => {}, 1000);`,
  ]);
  const port = await new Promise<number>((resolve) => {
    parent.stdout.once('data', (data) => resolve(Number(data)));
  });
  expect(await answersPing(port)).toBe(true);
  parent.kill('SIGKILL');
  await vi.waitUntil(async () => !(await answersPing(port)), { timeout: 5000 });
});
