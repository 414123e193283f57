import { afterAll, beforeAll } from 'vitest';
import { startBff } from './bff-process.ts';
import { makeClock } from './clock.ts';
import { FaultyLink } from './faulty-link.ts';
import { FaultyRedis } from './faulty-redis.ts';
import type { Site } from './people.ts';
import { type RedisView, viewRedis } from './redis-keys.ts';
import { StrictProvider } from './strict-provider.ts';

export let site: Site;
export let redis: FaultyRedis;
/** All that is between the process and its Redis. */
export let link: FaultyLink;
/** Straight into Redis, past the link. */
export let view: RedisView;

/** Run one process on a Redis that can be broken, over a link that can be, for a whole file. */
export function runFaultySite(): void {
  beforeAll(async () => {
    const provider = await new StrictProvider().open();
    const clock = makeClock();
    redis = await FaultyRedis.start();
    link = await FaultyLink.open(Number(new URL(redis.url).port));
    const redisUrl = `redis://127.0.0.1:${link.port}`;
    const bff = await startBff({ provider, redisUrl, env: clock.env });
    site = { bff, provider, clock };
    view = await viewRedis(redis.url, bff.prefix);
  }, 30_000);

  afterAll(async () => {
    await site.bff.stop();
    view.close();
    await link.close();
    await redis.stop();
    site.clock.remove();
    await site.provider.close();
  });
}

/** Sessions without tokens and tokens without their session: what a broken login may leave. */
export async function halfSessions(): Promise<string[]> {
  const keys = await view.keys();
  const of = (kind: string) =>
    keys.filter((key) => key.startsWith(`${site.bff.prefix}${kind}:{`)).map(hashIn);
  const [sessions, tokens] = [of('session'), of('tokens')];
  return [
    ...sessions.filter((hash) => !tokens.includes(hash)),
    ...tokens.filter((hash) => !sessions.includes(hash)),
  ];
}

const hashIn = (key: string) => key.slice(key.indexOf('{'));
