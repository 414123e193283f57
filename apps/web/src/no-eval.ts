import { z } from 'zod';

/**
 * Imported first: zod tries out `new Function` when a schema is made, and the page's
 * Content-Security-Policy would report every try.
 */
z.config({ jitless: true });
