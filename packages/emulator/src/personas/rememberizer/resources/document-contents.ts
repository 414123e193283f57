import type { RequestHandler } from 'express';
import { forReader } from '../api/reader.ts';
import { refuse, refuseFields } from '../api/refuse.ts';
import type { RememberizerProvider } from '../rememberizer-provider.ts';

const CHUNKS_PER_CALL = 20;
const NO_INDEX = 'A valid integer is required.';

/**
 * `GET /api/v1/documents/{id}/contents/`: the text from `start_chunk` on, at most 20 chunks;
 * `end_chunk` of the answer is the `start_chunk` of the next call.
 */
export function documentContents(provider: RememberizerProvider): RequestHandler {
  return forReader(provider, ({ library, access }, req, res) => {
    const document = library
      .readable(access)
      .find(({ id, messages }) => String(id) === req.params.id && messages === undefined);
    if (document === undefined) return refuse(res, 404, 'Not found.');
    const start = Number(req.query.start_chunk ?? 0);
    const end = Number(req.query.end_chunk ?? start + CHUNKS_PER_CALL);
    if (!isIndex(start)) return refuseFields(res, { start_chunk: [NO_INDEX] });
    if (!isIndex(end) || end < start) return refuseFields(res, { end_chunk: [NO_INDEX] });
    const last = Math.min(end, start + CHUNKS_PER_CALL, document.chunks.length);
    res.json({ content: document.chunks.slice(start, last).join('\n\n'), end_chunk: last });
  });
}

function isIndex(number: number): boolean {
  return Number.isInteger(number) && number >= 0;
}
