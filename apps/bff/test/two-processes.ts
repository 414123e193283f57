import { afterAll, beforeAll, beforeEach, inject } from 'vitest';
import { type BffProcess, startBff, startSibling } from './bff-process.ts';
import { type Clock, makeClock } from './clock.ts';
import { type RedisView, viewRedis } from './redis-keys.ts';
import { StrictProvider } from './strict-provider.ts';

export let provider: StrictProvider;
export let bff: BffProcess;
export let sibling: BffProcess;
export let redis: RedisView;
export let clock: Clock;

/** Run two processes on one Redis, with a clock of their own, for all tests of a file. */
export function runTwoProcesses(): void {
  beforeAll(async () => {
    provider = await new StrictProvider().open();
    clock = makeClock();
    const redisUrl = inject('redisUrl');
    bff = await startBff({ provider, redisUrl, env: clock.env });
    sibling = await startSibling(bff, provider);
    redis = await viewRedis(redisUrl, bff.prefix);
  }, 30_000);

  beforeEach(() => {
    clock.ahead(0);
    provider.behave();
    Object.assign(provider.tokens, {
      expiresIn: 7200,
      keepsRefreshToken: false,
      reallyLivesMs: null,
      reuses: 0,
    });
  });

  afterAll(async () => {
    await Promise.all([bff.stop(), sibling.stop()]);
    redis.close();
    clock.remove();
    await provider.close();
  });
}
