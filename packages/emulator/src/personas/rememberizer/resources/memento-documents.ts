import type { RequestHandler } from 'express';
import { z } from 'zod';
import { readBody } from '../api/read-body.ts';
import { forReader } from '../api/reader.ts';
import { refuse, refuseFields } from '../api/refuse.ts';
import type { Item } from '../knowledge/item.ts';
import type { RememberizerProvider } from '../rememberizer-provider.ts';
import { describeInDetail, findMemento } from './mementos.ts';

const ID = z.union([z.string(), z.int().transform(String)]);
const CHANGE = z.object({
  memento: ID,
  add: z.array(ID).default([]),
  folder_add: z.array(ID).default([]),
  remove: z.array(ID).default([]),
});

/**
 * `POST /api/v1/mementos/memento_document/{id}/`: put documents and whole folders into a memento,
 * and take documents out. Only what the token may read can be put in, so that no app widens what it
 * was given. A document goes by its `id` or its `document_id`, a folder by its path.
 */
export function changeMemento(provider: RememberizerProvider): RequestHandler {
  return forReader(provider, (reader, req, res) => {
    const memento = findMemento(reader, req.params.id);
    if (memento === undefined) return refuse(res, 404, 'Not found.');
    const change = readBody(CHANGE, req, res);
    if (change === undefined) return;
    if (change.memento !== req.params.id) {
      return refuseFields(res, { memento: ['This is not the memento of the path.'] });
    }
    if (memento.items === undefined) {
      return refuseFields(res, { memento: ['This memento always has everything.'] });
    }
    const readable = reader.library
      .readable(reader.access)
      .filter(({ integration }) => integration.type !== 'memory');
    const added = change.add.map((name) => find(readable, name));
    if (added.includes(undefined)) return refuseFields(res, { add: ['Unknown document.'] });
    const folders = readable.filter(({ folder }) => change.folder_add.includes(folder));
    for (const item of [...added, ...folders]) if (item) memento.items.add(item.id);
    for (const name of change.remove) memento.items.delete(find(readable, name)?.id ?? 0);
    memento.modified = provider.now();
    res.json(describeInDetail(reader, memento));
  });
}

function find(items: readonly Item[], name: string): Item | undefined {
  return items.find(({ id, documentId }) => String(id) === name || documentId === name);
}
