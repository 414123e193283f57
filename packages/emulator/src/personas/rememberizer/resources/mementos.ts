import type { RequestHandler } from 'express';
import { z } from 'zod';
import { readBody, required } from '../api/read-body.ts';
import { forReader, type Reader } from '../api/reader.ts';
import { refuse } from '../api/refuse.ts';
import type { Memento } from '../knowledge/library.ts';
import type { RememberizerProvider } from '../rememberizer-provider.ts';
import { timestamp } from './describe-item.ts';

const NEW_MEMENTO = z.object({ name: required() });

/** `GET /api/v1/mementos/`: an app sees those it was given, and those it made itself. */
export function listMementos(provider: RememberizerProvider): RequestHandler {
  return forReader(provider, (reader, _req, res) => {
    res.json(mementosOf(reader).map((memento) => describe(reader, memento)));
  });
}

/** `POST /api/v1/mementos/`: make an empty memento; whoever makes one may use it. */
export function createMemento(provider: RememberizerProvider): RequestHandler {
  return forReader(provider, (reader, req, res) => {
    const request = readBody(NEW_MEMENTO, req, res);
    if (request === undefined) return;
    const memento = reader.library.addMemento(request.name, provider.now());
    const { user, clientId = '' } = reader;
    provider.connections.find(user.username, clientId)?.mementos.push(memento.id);
    res.status(201).json(describe(reader, memento));
  });
}

/** `GET /api/v1/mementos/{id}/`: a memento, with the ids of what is in it. */
export function readMemento(provider: RememberizerProvider): RequestHandler {
  return forReader(provider, (reader, req, res) => {
    const memento = findMemento(reader, req.params.id);
    if (memento === undefined) return refuse(res, 404, 'Not found.');
    res.json(describeInDetail(reader, memento));
  });
}

/** `DELETE /api/v1/mementos/{id}/`: the documents stay, the collection goes. */
export function deleteMemento(provider: RememberizerProvider): RequestHandler {
  return forReader(provider, (reader, req, res) => {
    const memento = findMemento(reader, req.params.id);
    if (memento === undefined) return refuse(res, 404, 'Not found.');
    reader.library.removeMemento(memento.id);
    res.status(204).end();
  });
}

/** Find a memento that a call may use. */
export function findMemento(reader: Reader, id: unknown): Memento | undefined {
  return mementosOf(reader).find((memento) => String(memento.id) === id);
}

/** Describe a memento with the ids of what is in it, as far as the call may read it. */
export function describeInDetail(reader: Reader, memento: Memento): object {
  const ids = reader.library.itemsOf(memento).map(({ id }) => id);
  return { ...describe(reader, memento), documents: ids };
}

function mementosOf({ library, access }: Reader): Memento[] {
  return library.mementos(access);
}

function describe({ library }: Reader, memento: Memento) {
  return {
    id: memento.id,
    name: memento.name,
    document_count: library.itemsOf(memento).length,
    created: timestamp(memento.created),
    modified: timestamp(memento.modified),
  };
}
