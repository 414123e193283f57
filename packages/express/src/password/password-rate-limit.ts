import { createHash } from 'node:crypto';
import type { Request } from 'express';
import { ipKeyGenerator } from 'express-rate-limit';
import { ApiError } from '../errors.ts';
import type { Store } from '../store/store.ts';

/**
 * Count one more try with a name from a client's address, over all processes.
 * @throws ApiError `rate_limited`
 */
export type PasswordRateLimit = (req: Request, name: string) => Promise<void>;

const MINUTE = 60_000;

/** @param options.limit tries a minute; 0 = off */
export function createPasswordRateLimit(options: {
  store: Store;
  prefix: string;
  limit: number;
}): PasswordRateLimit {
  const { store, prefix, limit } = options;

  return async (req, name) => {
    if (limit === 0) return;
    // Of an IPv6 address its network: whoever has one has billions.
    const from = ipKeyGenerator(req.ip ?? '');
    const who = createHash('sha256').update(`${from}\n${name.trim().toLowerCase()}`);
    const key = `${prefix}tries:${who.digest('base64url')}`;
    if ((await store.count(key, MINUTE)) <= limit) return;
    const retryAfter = Math.ceil((await store.remaining(key)) / 1000);
    throw new ApiError('rate_limited', { reason: 'password', retryAfter: Math.max(1, retryAfter) });
  };
}
