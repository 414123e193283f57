import type { RequestHandler } from 'express';
import { z } from 'zod';
import { readBody, required } from '../api/read-body.ts';
import { forReader } from '../api/reader.ts';
import { refuse } from '../api/refuse.ts';
import type { RememberizerProvider } from '../rememberizer-provider.ts';
import { describeListed } from './describe-item.ts';

const MEMORY = z.object({ name: required(), content: required() });

/** `POST /api/v1/documents/memorize/`: keep a text for later searches, where the user lets the app use the memory. */
export function memorize(provider: RememberizerProvider): RequestHandler {
  return forReader(provider, ({ library, access }, req, res) => {
    if (!access.memory) {
      return refuse(res, 403, 'You do not have permission to perform this action.');
    }
    const memory = readBody(MEMORY, req, res);
    if (memory === undefined) return;
    res.status(201).json(describeListed(library.memorize(memory, provider.now())));
  });
}
