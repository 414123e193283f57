import { z } from 'zod';

const HOST = /^[a-z0-9-]+(\.[a-z0-9-]+)*$/i;

/** What a client is made with, by staff as well as by a test. */
export const AppForm = z.strictObject({
  name: z.string().trim().min(1).max(60),
  clientId: z
    .string()
    .regex(/^[a-z][a-z0-9-]{1,39}$/, 'a word: small letters, digits and -')
    .optional(),
  clientSecret: z.string().min(16).max(128).optional(),
  trustedDomain: z.string().trim().regex(HOST, 'a host name, without scheme, port and path'),
  icon: z.url({ protocol: /^https?$/ }).optional(),
});
