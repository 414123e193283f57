import type { RequestHandler } from 'express';
import { forReader, type Reader } from '../api/reader.ts';
import { refuseFields } from '../api/refuse.ts';
import { countWords, type Match, search } from '../knowledge/search.ts';
import type { Quirks } from '../quirks.ts';
import type { RememberizerProvider } from '../rememberizer-provider.ts';
import { describeFound } from './describe-item.ts';
import { integrationStats } from './integrations.ts';
import { readTimeRange } from './time-range.ts';

const USUAL_COUNT = 3;
const LARGEST_COUNT = 100;
const MOST_WORDS = 400;

/** `GET /api/v1/documents/search/`: the pieces nearest to a question, in one of the two documented envelopes. */
export function searchDocuments(provider: RememberizerProvider): RequestHandler {
  return forReader(provider, (reader, req, res) => {
    const { q } = req.query;
    if (typeof q !== 'string' || q.trim() === '') {
      return refuseFields(res, { q: ['This field is required.'] });
    }
    if (countWords(q) > MOST_WORDS) {
      return refuseFields(res, { q: [`Ensure this field has no more than ${MOST_WORDS} words.`] });
    }
    const range = readTimeRange(req);
    if ('unreadable' in range) {
      return refuseFields(res, { [range.unreadable]: ['Datetime has wrong format.'] });
    }
    const { from = 0, to = Number.POSITIVE_INFINITY } = range;
    const items = reader.library
      .readable(reader.access)
      .filter(({ modified }) => modified >= from && modified <= to);
    const matches = search(items, q).slice(0, wholeNumber(req.query.n, USUAL_COUNT, LARGEST_COUNT));
    const around = {
      before: wholeNumber(req.query.prev_chunks, 0),
      after: wholeNumber(req.query.next_chunks, 0),
    };
    res.json(ENVELOPES[provider.quirks.searchEnvelope](matches, { reader, around }));
  });
}

interface Context {
  reader: Reader;
  /** How many pieces before and after a match are sent with it. */
  around: { before: number; after: number };
}

const ENVELOPES: Record<Quirks['searchEnvelope'], (matches: Match[], context: Context) => object> =
  {
    matched_chunks: (matches, { around }) => ({
      data_sources: dataSources(matches),
      matched_chunks: matches.map((match) => ({
        document: describeFound(match.item),
        matched_content: textAround(match, around),
        distance: match.distance,
      })),
    }),
    data: (matches, { reader, around }) => ({
      data: matches.map((match) => ({
        chunk_id: `${match.item.documentId}-${match.chunk}`,
        document: describeInDetail(match, reader),
        matched_content: textAround(match, around),
        distance: match.distance,
      })),
      message: 'Documents retrieved successfully',
      code: null,
    }),
  };

function dataSources(matches: Match[]): object[] {
  const items = new Set(matches.map(({ item }) => item));
  const sources = Map.groupBy(items, ({ integration }) => integration.type);
  return [...sources].map(([name, found]) => ({ name, documents: found.length }));
}

/** The older envelope has the size as a string, and more of the integration. */
function describeInDetail({ item }: Match, { library, access }: Reader): object {
  const { indexed_on: _, ...document } = describeFound(item);
  const { id, type, source } = item.integration;
  const items = library.readable(access).filter((one) => one.integration.id === id);
  const integration = {
    id,
    integration_type: type,
    integration_step: 'authorized',
    source,
    document_stats: integrationStats(items),
  };
  return { ...document, size: String(item.size), integration };
}

function textAround({ item, chunk }: Match, { before, after }: Context['around']): string {
  return item.chunks.slice(Math.max(0, chunk - before), chunk + after + 1).join('\n\n');
}

function wholeNumber(value: unknown, usual: number, most = Number.POSITIVE_INFINITY): number {
  const number = Number(value ?? usual);
  return Number.isInteger(number) && number >= 0 ? Math.min(number, most) : usual;
}
