import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Emulator, startEmulator } from '../src/emulator.ts';
import { ALL, KYOTO, RememberizerApp, TEA } from './rememberizer-app.ts';

let emulator: Emulator;
let app: RememberizerApp;
beforeAll(async () => {
  emulator = await startEmulator();
  app = new RememberizerApp(emulator);
});
afterAll(() => emulator.close());
beforeEach(() => emulator.personas.rememberizer.control.reset());

interface Memento {
  id: number;
  name: string;
  document_count: number;
  documents?: number[];
}

async function tokenFor(memento: string, memory = true): Promise<string> {
  const choice = { memento, ...(memory && { memory: 'on' }) };
  return (await app.tokens({ choice })).access_token;
}

async function made(token: string, name: string): Promise<Memento> {
  const response = await app.call(token, 'mementos/', { name });
  expect(response.status).toBe(201);
  return (await response.json()) as Memento;
}

function remove(token: string, id: number): Promise<Response> {
  const headers = { Authorization: `Bearer ${token}` };
  return fetch(`${app.base}/api/v1/mementos/${id}/`, { method: 'DELETE', headers });
}

describe('mementos', () => {
  test('an app sees those it was given', async () => {
    const mementos = await app.read<Memento[]>(await tokenFor(KYOTO), 'mementos/');
    expect(mementos).toStrictEqual([
      {
        id: 302,
        name: 'Kyoto in spring',
        document_count: 3,
        created: expect.any(String),
        modified: expect.any(String),
      },
    ]);
  });

  test('one by its number, with what is in it; the others are not there', async () => {
    const token = await tokenFor(KYOTO);
    expect(await app.read(token, 'mementos/302/')).toMatchObject({ documents: [4101, 4102, 4106] });
    expect((await app.call(token, 'mementos/303/')).status).toBe(404);
  });

  test('an app makes one, fills it, and takes it away', async () => {
    const token = await tokenFor(KYOTO);
    const { id } = await made(token, 'For the train');
    const { results } = await app.read<{ results: Array<{ id: number; document_id: string }> }>(
      token,
      'documents/',
    );
    const packing = results.find((one) => one.id === 4102)?.document_id;
    const change = { memento: String(id), add: [packing, 4106], folder_add: [], remove: [] };
    const changed = await app.call(token, `mementos/memento_document/${id}/`, change);
    expect(changed.status).toBe(200);
    expect(await changed.json()).toMatchObject({ documents: [4102, 4106] });

    const again = { memento: id, folder_add: ['Kyoto in spring'], remove: ['4106'] };
    const after = await app.call(token, `mementos/memento_document/${id}/`, again);
    expect(await after.json()).toMatchObject({ documents: [4101, 4102] });

    expect((await remove(token, id)).status).toBe(204);
    expect((await app.call(token, `mementos/${id}/`)).status).toBe(404);
    expect((await app.call(token, 'documents/4101/contents/')).status).toBe(200);
  });

  test('no app widens what it was given', async () => {
    const token = await tokenFor(KYOTO);
    for (const add of [[4103], ['4103'], [4201]]) {
      const change = { memento: KYOTO, add };
      const response = await app.call(token, `mementos/memento_document/${KYOTO}/`, change);
      expect(response.status).toBe(400);
    }
    const folder = { memento: KYOTO, folder_add: ['Tea', 'Studio'] };
    await app.call(token, `mementos/memento_document/${KYOTO}/`, folder);
    const { count } = await app.read<{ count: number }>(token, 'documents/');
    expect(count).toBe(3);
  });

  test.each<[string, string, unknown]>([
    ['no name', 'mementos/', {}],
    ['a blank name', 'mementos/', { name: ' ' }],
    ['a list', 'mementos/', [1]],
    ['another memento than the path', `mementos/memento_document/${TEA}/`, { memento: KYOTO }],
    ['no memento', `mementos/memento_document/${TEA}/`, { add: [9001] }],
  ])('%s is 400 with the reason', async (_name, path, body) => {
    const response = await app.call(await tokenFor(TEA), path, body);
    expect(response.status).toBe(400);
    expect(Object.values((await response.json()) as object)[0]).toStrictEqual([expect.any(String)]);
  });

  test('the memento of everything cannot be changed', async () => {
    const change = { memento: ALL, remove: ['4101'] };
    const response = await app.call(
      await tokenFor(ALL),
      `mementos/memento_document/${ALL}/`,
      change,
    );
    expect(response.status).toBe(400);
  });
});

describe('memorize', () => {
  const memory = { name: 'A colour', content: 'The lanterns are persimmon orange.' };

  test('a text is kept, and found by a search', async () => {
    const token = await tokenFor(KYOTO);
    const response = await app.call(token, 'documents/memorize/', memory);
    expect(response.status).toBe(201);
    expect(await response.json()).toMatchObject({ name: 'A colour', integration_type: 'memory' });
    const found = await app.read<{ matched_chunks: Array<{ matched_content: string }> }>(
      token,
      'documents/search/?q=persimmon+lanterns',
    );
    expect(found.matched_chunks[0]?.matched_content).toBe(memory.content);
  });

  test('without the memory it is 403, and what others memorised is not there', async () => {
    await app.call(await tokenFor(KYOTO), 'documents/memorize/', memory);
    const token = await tokenFor(KYOTO, false);
    const refused = await app.call(token, 'documents/memorize/', memory);
    expect(refused.status).toBe(403);
    expect(await refused.json()).toStrictEqual({ detail: expect.any(String) });
    const { count } = await app.read<{ count: number }>(token, 'documents/');
    expect(count).toBe(3);
  });

  test.each<[string, unknown]>([
    ['no content', { name: 'A colour' }],
    ['a number', { name: 'A colour', content: 1 }],
  ])('%s is 400', async (_name, body) => {
    const response = await app.call(await tokenFor(ALL), 'documents/memorize/', body);
    expect(await response.json()).toStrictEqual({ content: [expect.any(String)] });
  });

  test('a form is 415', async () => {
    const headers = { Authorization: `Bearer ${await tokenFor(ALL)}` };
    const body = new URLSearchParams(memory);
    const url = `${app.base}/api/v1/documents/memorize/`;
    expect((await fetch(url, { method: 'POST', headers, body })).status).toBe(415);
  });
});
