import { z } from 'zod';
import { words } from './words.ts';

/** Bring a space-separated list into order: one space between, none around. */
const list = z.string().transform((text) => words(text.trim().replaceAll(/\s+/g, ' ')).join(' '));

const isWebAddress = (text: string) => /^https?:\/\//i.test(text) && URL.canParse(text);

/** An address, or nothing. */
const address = z
  .string()
  .trim()
  .refine((text) => text === '' || isWebAddress(text));

/** What a client is made with, by the administrator as well as by a test. */
export const ClientForm = z.object({
  name: z.string().trim().min(1).max(100),
  description: z.string().max(500).default(''),
  icon: address.default(''),
  homepage: address.default(''),
  redirectUri: list.refine((uris) => words(uris).every(isWebAddress), 'addresses with a scheme'),
  scope: list.default(''),
  grantTypes: list.default(''),
});
