import type { TestProject } from 'vitest/node';
import { startLocalRedis } from './scripts/local-redis.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** A private Redis server; every test takes a key prefix of its own. */
    redisUrl: string;
  }
}

/** Start the Redis server that the flow tests run on. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const redis = await startLocalRedis();
  project.provide('redisUrl', redis.url);
  return () => redis.stop();
}
