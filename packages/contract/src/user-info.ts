import { z } from 'zod';

/** What a provider may give in another type: then it is left out, and costs no other member. */
const text = z.string().nullish().catch(undefined);
const number = z.number().nullish().catch(undefined);

/**
 * `GET /api/user/info`: the provider's user, each member only where the provider gives it, plus what
 * else its profile passes through. `balance_formatted` is text of unknown currency: show it, never
 * compute with it.
 */
export const userInfoSchema = z.looseObject({
  id: z.union([z.string(), z.number()]),
  username: text,
  name: text,
  email: text,
  avatar_url: text,
  balance_formatted: text,
  quota: number,
  used_quota: number,
});

export type UserInfo = z.infer<typeof userInfoSchema>;

/** `GET /api/user/topup`: an https (or loopback) page on a host that the profile allows. */
export const topupSchema = z.object({ topup_url: z.url() });

export type Topup = z.infer<typeof topupSchema>;
