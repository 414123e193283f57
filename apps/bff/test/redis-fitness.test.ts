import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freePort } from '../../../scripts/free-port.ts';
import { type LocalRedis, startLocalRedis } from '../../../scripts/local-redis.ts';
import { startRefused } from './bff-process.ts';

const COMMANDS = ['EVAL', 'EVALSHA', 'PEXPIRE', 'HGETALL'];

let forbidding: LocalRedis[];

beforeAll(async () => {
  forbidding = await Promise.all(
    COMMANDS.map((command) => startLocalRedis({ args: ['--rename-command', command, ''] })),
  );
}, 30_000);

afterAll(async () => {
  await Promise.all(forbidding.map((server) => server.stop()));
});

async function startAt(redisUrl: string, env: Record<string, string> = {}) {
  return startRefused({
    PORT: String(await freePort()),
    REDIS_URL: redisUrl,
    OAUTH_CLIENT_ID: 'client',
    OAUTH_CLIENT_SECRET: 'secret',
    ...env,
  });
}

describe('a Redis that can never serve stops the start, and the reason is told', () => {
  test.each(COMMANDS.map((command, at) => [command, at] as const))(
    'without %s, as in a server that is too old',
    async (command, at) => {
      const { code, output } = await startAt(forbidding[at]?.url ?? '');
      expect(code).toBe(78);
      expect(output).toContain('REDIS_URL: ');
      expect(output.toLowerCase()).toContain(command.toLowerCase());
    },
  );

  test('with an ACL user that may write no key of this prefix', async () => {
    const server = await startLocalRedis({
      args: ['--user', 'app', 'on', '>word', '~other:*', '&*', '+@all'],
    });
    const { code, output } = await startAt(`redis://app:word@127.0.0.1:${server.port}`);
    await server.stop();
    expect(code).toBe(78);
    expect(output).toContain('NOPERM');
    expect(output).not.toContain('word@');
  });

  test('also where it was away at the start', async () => {
    const port = await freePort();
    const refused = startAt(`redis://127.0.0.1:${port}`);
    await delay(3000);
    const server = await startLocalRedis({ port, args: ['--rename-command', 'EVALSHA', ''] });
    const { code, output } = await refused;
    await server.stop();
    expect(output).toContain('"store.unfit"');
    expect(code).toBe(78);
  }, 20_000);

  test('for every worker of several, once', async () => {
    const { code } = await startAt(forbidding[1]?.url ?? '', { WORKERS: '2' });
    expect(code).toBe(78);
  });
});
