import { hasRedisServer, startLocalRedis } from '../local-redis.ts';

/** Where the demo keeps its sessions. */
export interface SessionStore {
  /** For the BFF; undefined for its embedded store. */
  redisUrl: string | undefined;
  /** For the banner. */
  description: string;
  stop(): Promise<void>;
}

/** Take the Redis of `REDIS_URL`, else a private one, else the store that the BFF brings along. */
export async function chooseSessionStore(redisUrl: string | undefined): Promise<SessionStore> {
  if (redisUrl) {
    return { redisUrl, description: `Redis at ${withoutPassword(redisUrl)}`, stop: async () => {} };
  }
  if (hasRedisServer()) {
    const { url, stop } = await startLocalRedis();
    return { redisUrl: url, description: `a private redis-server at ${url}`, stop };
  }
  return {
    redisUrl: undefined,
    description: 'embedded in the BFF (no REDIS_URL, no redis-server installed)',
    stop: async () => {},
  };
}

function withoutPassword(url: string): string {
  return url.replace(/\/\/[^@/]*@/, '//');
}
