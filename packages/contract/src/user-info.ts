import { z } from 'zod';

/**
 * `GET /api/user/info`: the provider's user, each member only where the provider gives it, plus what
 * else its profile passes through. `balance_formatted` is text of unknown currency: show it, never
 * compute with it.
 */
export const userInfoSchema = z.looseObject({
  id: z.union([z.string(), z.number()]),
  username: z.string().nullish(),
  name: z.string().nullish(),
  email: z.string().nullish(),
  avatar_url: z.string().nullish(),
  balance_formatted: z.string().nullish(),
  quota: z.number().nullish(),
  used_quota: z.number().nullish(),
});

export type UserInfo = z.infer<typeof userInfoSchema>;

/** `GET /api/user/topup`: an https (or loopback) page on a host that the profile allows. */
export const topupSchema = z.object({ topup_url: z.url() });

export type Topup = z.infer<typeof topupSchema>;
