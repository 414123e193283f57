import type { RequestHandler } from 'express';
import { forReader } from '../api/reader.ts';
import type { Integration, Item } from '../knowledge/item.ts';
import type { RememberizerProvider } from '../rememberizer-provider.ts';
import { timestamp } from './describe-item.ts';

/** `GET /api/v1/integrations/`: where the knowledge that the token may read comes from. */
export function integrations(provider: RememberizerProvider): RequestHandler {
  return forReader(provider, ({ library, access }, _req, res) => {
    const bySource = Map.groupBy(library.readable(access), ({ integration }) => integration);
    res.json({
      data: [...bySource].map(([integration, items]) => describe(integration, items)),
      message: 'Integrations retrieved successfully',
      code: 'success',
    });
  });
}

/** Count what is behind an integration. */
export function integrationStats(items: readonly Item[]) {
  const count = (status: Item['status']) => items.filter((item) => item.status === status).length;
  return {
    status: { indexed: count('indexed'), indexing: count('indexing'), error: count('error') },
    total_size: items.reduce((size, item) => size + item.size, 0),
    document_count: items.length,
  };
}

function describe({ id, type, source, since }: Integration, items: Item[]): object {
  return {
    id,
    integration_type: type,
    integration_step: 'authorized',
    source,
    document_type: DOCUMENT_TYPES[type],
    document_stats: integrationStats(items),
    consent_time: timestamp(since),
    memory_config: null,
    token_validity: true,
  };
}

const DOCUMENT_TYPES: Record<Integration['type'], string> = {
  google_drive: 'drive',
  slack: 'channel',
  dropbox: 'file',
  gmail: 'email',
  common_knowledge: 'page',
  memory: 'memory',
};
