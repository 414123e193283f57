import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Emulator, startEmulator } from '../src/emulator.ts';
import { ALL, KYOTO, RememberizerApp } from './rememberizer-app.ts';

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

async function tokenFor(memento = ALL): Promise<string> {
  return (await app.tokens({ choice: { memento } })).access_token;
}

describe('search', () => {
  function search(token: string, q: string, more = ''): Promise<Found> {
    return app.read<Found>(token, `documents/search/?q=${encodeURIComponent(q)}${more}`);
  }

  test('the envelope of 2025', async () => {
    const found = await search(await tokenFor(), 'matcha class', '&n=1');
    expect(found).toStrictEqual({
      data_sources: [{ name: 'gmail', documents: 1 }],
      matched_chunks: [
        {
          document: {
            id: 4106,
            document_id: expect.stringMatching(/^[0-9a-f]{32}$/),
            name: 'Re: matcha class on the 14th',
            type: 'message/rfc822',
            path: '/Inbox/Re: matcha class on the 14th',
            url: expect.any(String),
            size: expect.any(Number),
            created_time: expect.any(String),
            modified_time: expect.any(String),
            indexed_on: expect.any(String),
            integration: { id: 103, integration_type: 'gmail' },
          },
          matched_content: expect.stringContaining('two places in the matcha class'),
          distance: 0,
        },
      ],
    });
  });

  test('the envelope of the sample repository', async () => {
    emulator.personas.rememberizer.control.setSearchEnvelope('data');
    const found = await search(await tokenFor(), 'matcha class', '&n=1');
    expect(found).toStrictEqual({
      data: [
        {
          chunk_id: expect.any(String),
          document: {
            id: 4106,
            document_id: expect.any(String),
            name: 'Re: matcha class on the 14th',
            type: 'message/rfc822',
            path: expect.any(String),
            url: expect.any(String),
            size: expect.stringMatching(/^\d+$/),
            created_time: expect.any(String),
            modified_time: expect.any(String),
            integration: {
              id: 103,
              integration_type: 'gmail',
              integration_step: 'authorized',
              source: 'yating@example.com',
              document_stats: {
                status: { indexed: 2, indexing: 0, error: 0 },
                total_size: expect.any(Number),
                document_count: 2,
              },
            },
          },
          matched_content: expect.any(String),
          distance: 0,
        },
      ],
      message: expect.any(String),
      code: null,
    });
  });

  test.each([
    ['How do I brew oolong?', 'Oolong, from leaf to cup.md', 'Brew six grams'],
    ['budget of the lantern festival', 'Lantern festival identity - brief.pdf', '480,000'],
    ['紅玉紅茶要幾度沖泡', '品茶筆記 2026', '九十度'],
    ['印刷稿 時程', '#lantern-festival', '28 日'],
  ])('%s finds %s', async (question, name, words) => {
    const [best] = (await search(await tokenFor(), question)).matched_chunks;
    expect(best?.document.name).toBe(name);
    expect(best?.matched_content).toContain(words);
  });

  test('three at most unless n says otherwise, the nearest first', async () => {
    const token = await tokenFor();
    const three = (await search(token, 'tea')).matched_chunks;
    expect(three).toHaveLength(3);
    const more = (await search(token, 'tea oolong water', '&n=10')).matched_chunks;
    expect(more.length).toBeGreaterThan(3);
    const distances = more.map(({ distance }) => distance);
    expect(distances).toStrictEqual(distances.toSorted((one, other) => one - other));
    expect(distances.every((distance) => distance >= 0 && distance <= 1)).toBe(true);
  });

  test('neighbours come along where they are asked for', async () => {
    const token = await tokenFor(KYOTO);
    const more = '&n=1&prev_chunks=1&next_chunks=1';
    const [best] = (await search(token, 'Ippodo tea house', more)).matched_chunks;
    expect(best?.matched_content).toMatch(/^Day 1:.*\n\nDay 2:.*\n\nDay 3:/s);
  });

  test('from and to bound when a document was changed', async () => {
    const token = await tokenFor(KYOTO);
    const found = async (range: string) => {
      const { matched_chunks } = await search(token, 'Kyoto matcha paper', `&n=10&${range}`);
      return new Set(matched_chunks.map(({ document }) => document.name));
    };
    expect(await found('from=2026-06-07T00:00:00Z')).toStrictEqual(
      new Set(['Re: matcha class on the 14th']),
    );
    expect(await found('to=2026-06-05T00:00:00Z')).toStrictEqual(new Set(['Itinerary']));
  });

  test('nothing is found for what nobody wrote', async () => {
    const { data_sources, matched_chunks } = await search(await tokenFor(), 'zeppelin hangar');
    expect({ data_sources, matched_chunks }).toStrictEqual({
      data_sources: [],
      matched_chunks: [],
    });
  });

  test.each([
    ['no question', ''],
    ['a blank one', 'q=%20'],
    ['more than 400 words', `q=${'tea+'.repeat(401)}`],
    ['a time that is none', 'q=tea&from=yesterday'],
  ])('%s is 400 with the reason', async (_name, query) => {
    const response = await app.call(await tokenFor(), `documents/search/?${query}`);
    expect(response.status).toBe(400);
    expect(Object.values((await response.json()) as object)[0]).toStrictEqual([expect.any(String)]);
  });
});
