import { z } from 'zod';

/** `GET /auth/providers`: the providers on offer, the default first. */
export const providerListSchema = z.array(
  z.object({
    id: z.string(),
    name: z.string(),
    profile: z.string(),
    kind: z.enum(['redirect', 'password']),
    start_url: z.string().nullable(),
  }),
);

export type ProviderList = z.infer<typeof providerListSchema>;
export type Provider = ProviderList[number];
