import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Emulator, startEmulator } from '../src/emulator.ts';
import { ALL, KYOTO, RememberizerApp, TEA, WEICHEN } from './rememberizer-app.ts';

let emulator: Emulator;
let app: RememberizerApp;
const now = Date.parse('2026-06-15T12:00:00Z');
beforeAll(async () => {
  emulator = await startEmulator({ now: () => now });
  app = new RememberizerApp(emulator);
});
afterAll(() => emulator.close());
beforeEach(() => emulator.personas.rememberizer.control.reset());

interface Found {
  data_sources: Array<{ name: string; documents: number }>;
  matched_chunks: Array<{
    document: { id: number; name: string };
    matched_content: string;
    distance: number;
  }>;
}

interface Integrations {
  data: Array<{ integration_type: string; document_stats: { document_count: number } }>;
}

interface Listed {
  count: number;
  next: string | null;
  previous: string | null;
  results: Array<{ id: number; document_id: string; name: string; integration_type: string }>;
}

async function tokenFor(memento = ALL, memory?: string): Promise<string> {
  const choice = { memento, ...(memory !== undefined && { memory }) };
  return (await app.tokens({ choice })).access_token;
}

async function names(token: string, query = 'page_size=100'): Promise<string[]> {
  const { results } = await app.read<Listed>(token, `documents/?${query}`);
  return results.map(({ name }) => name);
}

describe('the list', () => {
  test('each entry has the members of the documentation', async () => {
    const { results } = await app.read<Listed>(await tokenFor(KYOTO), 'documents/');
    expect(results[0]).toStrictEqual({
      document_id: expect.stringMatching(/^[0-9a-f]{32}$/),
      name: 'Re: matcha class on the 14th',
      type: 'message/rfc822',
      path: '/Inbox/Re: matcha class on the 14th',
      url: expect.stringMatching(/^https:\/\/gmail\.example\//),
      id: 4106,
      pk: 4106,
      integration_type: 'gmail',
      source: 'yating@example.com',
      status: 'indexed',
      status_error_message: null,
      indexed_on: '2026-06-08T12:00:00.000Z',
      size: expect.any(Number),
      created_time: '2026-06-06T12:00:00.000Z',
    });
  });

  test('ten a page; next and previous are absolute and lead through all of them', async () => {
    const token = await tokenFor();
    const first = await app.read<Listed>(token, 'documents/');
    expect(first).toMatchObject({ count: 12, previous: null });
    expect(first.results).toHaveLength(10);
    const headers = { Authorization: `Bearer ${token}` };
    const second = (await (await fetch(first.next ?? '', { headers })).json()) as Listed;
    expect(second).toMatchObject({ count: 12, next: null });
    expect(second.results).toHaveLength(2);
    const ids = [...first.results, ...second.results].map(({ id }) => id);
    expect(new Set(ids).size).toBe(12);
    expect(second.previous).toBe(`${app.base}/api/v1/documents/`);
  });

  test('page_size and the filter stay in the addresses', async () => {
    const query = 'documents/?page_size=2&integration_type=google_drive';
    const { next, results } = await app.read<Listed>(await tokenFor(), query);
    expect(results.every((one) => one.integration_type === 'google_drive')).toBe(true);
    expect(next).toBe(`${app.base}/api/v1/${query}&page=2`);
  });

  test.each([
    ['page=9', 404],
    ['page=0', 404],
    ['page=x', 404],
    ['integration_type=carrier_pigeon', 400],
  ])('%s is %i', async (query, status) => {
    expect((await app.call(await tokenFor(), `documents/?${query}`)).status).toBe(status);
  });
});

describe('a memento is all that a token reads', () => {
  test('the list', async () => {
    const token = await tokenFor(KYOTO);
    expect(await names(token)).toStrictEqual([
      'Re: matcha class on the 14th',
      'Packing list',
      'Itinerary',
    ]);
  });

  test('contents, search, sources and common knowledge', async () => {
    const token = await tokenFor(KYOTO);
    expect((await app.call(token, 'documents/4101/contents/')).status).toBe(200);
    expect((await app.call(token, 'documents/4103/contents/')).status).toBe(404);
    const discussion = 'discussions/4201/contents/?integration_type=slack';
    expect((await app.call(token, discussion)).status).toBe(404);
    const found = await app.read<Found>(token, 'documents/search/?q=oolong&n=10');
    expect(found.matched_chunks).toStrictEqual([]);
    const { data } = await app.read<Integrations>(token, 'integrations/');
    expect(data.map((one) => one.integration_type).toSorted()).toStrictEqual([
      'gmail',
      'google_drive',
    ]);
    expect(await app.read(token, 'common-knowledge/subscribed-list/')).toStrictEqual([]);
  });

  test('each user has their own', async () => {
    const choice = { memento: '402' };
    const { access_token } = await app.tokens({ user: WEICHEN, choice });
    expect(await names(access_token)).toContain('Dock controller protocol.md');
    expect((await app.call(access_token, 'documents/4101/contents/')).status).toBe(404);
  });

  test('another choice later holds for the token that is there', async () => {
    const token = await tokenFor(KYOTO);
    await app.tokens({ choice: { memento: TEA } });
    expect(await names(token)).toStrictEqual([
      '品茶筆記 2026',
      '東方美人茶.md',
      'Oolong, from leaf to cup.md',
    ]);
  });
});

describe('contents', () => {
  test('the pieces of a document, and where to go on', async () => {
    const token = await tokenFor();
    const all = await app.read(token, 'documents/4101/contents/');
    expect(all).toStrictEqual({
      content: expect.stringMatching(/^Day 1:.*\n\nDay 2:.*Day 4:/s),
      end_chunk: 4,
    });
    const query = 'start_chunk=1&end_chunk=3';
    expect(await app.read(token, `documents/4101/contents/?${query}`)).toStrictEqual({
      content: expect.stringMatching(/^Day 2:.*\n\nDay 3:[^\n]*$/s),
      end_chunk: 3,
    });
  });

  test('twenty pieces a call', async () => {
    const token = await tokenFor(ALL, 'on');
    const content = Array.from({ length: 45 }, (_, index) => `Line ${index}.`).join('\n\n');
    const made = await app.call(token, 'documents/memorize/', { name: 'Long', content });
    const { id } = (await made.json()) as { id: number };
    let read = '';
    for (let chunk = 0; chunk < 45; ) {
      const path = `documents/${id}/contents/?start_chunk=${chunk}&end_chunk=${chunk + 30}`;
      const part = await app.read<{ content: string; end_chunk: number }>(token, path);
      expect(part.end_chunk).toBe(Math.min(chunk + 20, 45));
      read += (read && '\n\n') + part.content;
      chunk = part.end_chunk;
    }
    expect(read).toBe(content);
  });

  test.each([
    ['documents/1/contents/', 404],
    ['documents/4201/contents/', 404],
    ['documents/4101/contents/?start_chunk=-1', 400],
    ['documents/4101/contents/?start_chunk=3&end_chunk=1', 400],
  ])('%s is %i', async (path, status) => {
    expect((await app.call(await tokenFor(), path)).status).toBe(status);
  });
});
