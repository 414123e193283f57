import { z } from 'zod';

/** The methods that a row can be about. */
export const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

/** What a row of the scope table is made with, by the administrator as well as by a test. */
export const ScopeForm = z.object({
  scope: z.string().regex(/^[\w.:-]+$/),
  resourcePath: z.string().startsWith('/'),
  method: z.enum(METHODS),
  isDefault: z.boolean(),
  name: z.string().trim().min(1).max(100),
  description: z.string().max(500),
  icon: z.string().max(500),
  visibleFields: z.string().max(500),
});
