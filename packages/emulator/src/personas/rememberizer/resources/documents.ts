import type { Request, RequestHandler } from 'express';
import { forReader } from '../api/reader.ts';
import { refuse, refuseFields } from '../api/refuse.ts';
import { INTEGRATION_TYPES } from '../content/demo-content.ts';
import type { RememberizerProvider } from '../rememberizer-provider.ts';
import { describeListed } from './describe-item.ts';

const PAGE_SIZE = 10;
const LARGEST_PAGE = 100;

/** `GET /api/v1/documents/`: documents and channels that the token may read, a page at a time. */
export function documents(provider: RememberizerProvider): RequestHandler {
  return forReader(provider, ({ library, access }, req, res) => {
    const type = req.query.integration_type;
    if (type !== undefined && !INTEGRATION_TYPES.some((known) => known === type)) {
      return refuseFields(res, { integration_type: [`"${type}" is not a valid choice.`] });
    }
    const all = library
      .readable(access)
      .filter(({ integration }) => type === undefined || integration.type === type);
    const size = pageSize(req);
    const pages = Math.max(1, Math.ceil(all.length / size));
    const page = Number(req.query.page ?? 1);
    if (!Number.isInteger(page) || page < 1 || page > pages) {
      return refuse(res, 404, 'Invalid page.');
    }
    res.json({
      count: all.length,
      next: page < pages ? pageUrl(provider, req, page + 1) : null,
      previous: page > 1 ? pageUrl(provider, req, page - 1) : null,
      results: all.slice((page - 1) * size, page * size).map(describeListed),
    });
  });
}

function pageSize(req: Request): number {
  const asked = Number(req.query.page_size);
  return Number.isInteger(asked) && asked > 0 ? Math.min(asked, LARGEST_PAGE) : PAGE_SIZE;
}

/** The first page has no number, as Django's paginator writes it. */
function pageUrl(provider: RememberizerProvider, req: Request, page: number): string {
  const url = new URL(req.originalUrl, provider.origin());
  if (page === 1) url.searchParams.delete('page');
  else url.searchParams.set('page', String(page));
  return url.href;
}
