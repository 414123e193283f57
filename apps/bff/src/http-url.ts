import { z } from 'zod';

/** Schema of a setting that is an address. */
export const httpUrl = z
  .url({ protocol: /^https?$/, error: 'must be an http or https URL' })
  .refine((value) => !/[?#]/.test(value), 'must be an http or https URL, without ? and #');
