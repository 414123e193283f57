import type { Item } from '../knowledge/item.ts';

/** Write a moment as the API does. */
export function timestamp(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}

/** Where an item would be read, at hosts that nobody can have. */
function urlOf({ documentId, integration }: Item): string {
  return `https://${integration.type.replaceAll('_', '-')}.example/items/${documentId}`;
}

/** Say where in its source an item is. */
function pathOf({ folder, name }: Item): string {
  return `/${folder}/${name}`;
}

/** Describe an item as the list of documents does. `pk` repeats `id`. */
export function describeListed(item: Item) {
  return {
    document_id: item.documentId,
    name: item.name,
    type: item.type,
    path: pathOf(item),
    url: urlOf(item),
    id: item.id,
    pk: item.id,
    integration_type: item.integration.type,
    source: item.integration.source,
    status: item.status,
    status_error_message: item.status === 'error' ? 'The file could not be read.' : null,
    indexed_on: indexedOn(item),
    size: item.size,
    created_time: timestamp(item.created),
  };
}

/** Describe an item as a search does. */
export function describeFound(item: Item) {
  return {
    id: item.id,
    document_id: item.documentId,
    name: item.name,
    type: item.type,
    path: pathOf(item),
    url: urlOf(item),
    size: item.size,
    created_time: timestamp(item.created),
    modified_time: timestamp(item.modified),
    indexed_on: indexedOn(item),
    integration: { id: item.integration.id, integration_type: item.integration.type },
  };
}

function indexedOn({ status, modified }: Item): string | null {
  return status === 'indexed' ? timestamp(modified) : null;
}
