import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Emulator, startEmulator } from '../src/emulator.ts';
import { ALL, RememberizerApp } from './rememberizer-app.ts';

let emulator: Emulator;
let app: RememberizerApp;
const now = Date.parse('2026-06-15T12:00:00Z');
beforeAll(async () => {
  emulator = await startEmulator({ now: () => now });
  app = new RememberizerApp(emulator);
});
afterAll(() => emulator.close());
beforeEach(() => emulator.personas.rememberizer.control.reset());

interface Integrations {
  data: Array<{ integration_type: string; document_stats: { document_count: number } }>;
}

async function tokenFor(memento = ALL): Promise<string> {
  return (await app.tokens({ choice: { memento } })).access_token;
}

describe('discussions', () => {
  const path = 'discussions/4201/contents/?integration_type=slack';

  test('the last seven days: what was said, and the threads', async () => {
    const { discussion_content, thread_contents } = await app.read<Discussion>(
      await tokenFor(),
      path,
    );
    expect(discussion_content.split('\n')).toStrictEqual([
      expect.stringMatching(/^\[2026-06-13T08:00:00\.000Z\] yating: The three directions/),
      expect.stringMatching(/^\[2026-06-14T08:00:00\.000Z\] po-han: The printer/),
      expect.stringMatching(/^\[2026-06-15T07:00:00\.000Z\] yating: 時程/),
    ]);
    expect(thread_contents).toStrictEqual({
      '2026-06-13T08:00:00.000Z': expect.stringMatching(/hsiao-yu: Direction B.*\n.*po-han: B/s),
    });
  });

  test('a range, in the order of the samples and in that of the table', async () => {
    const token = await tokenFor();
    const [one, two] = ['2026-06-14T00:00:00Z', '2026-06-15T00:00:00Z'];
    for (const range of [`from=${one}&to=${two}`, `from=${two}&to=${one}`]) {
      const { discussion_content } = await app.read<Discussion>(token, `${path}&${range}`);
      expect(discussion_content).toMatch(/^\[2026-06-14T08:00:00\.000Z\] po-han: [^\n]*$/);
    }
  });

  test('the slash may be missing here, as the sample app calls it', async () => {
    const token = await tokenFor();
    const withSlash = await app.read(token, path);
    expect(await app.read(token, path.replace('/?', '?'))).toStrictEqual(withSlash);
  });

  test.each([
    ['discussions/4201/contents/', 400],
    ['discussions/4201/contents/?integration_type=mail', 400],
    ['discussions/4201/contents/?integration_type=discord', 404],
    ['discussions/4101/contents/?integration_type=slack', 404],
  ])('%s is %i', async (wrong, status) => {
    expect((await app.call(await tokenFor(), wrong)).status).toBe(status);
  });
});

interface Discussion {
  discussion_content: string;
  thread_contents: Record<string, string>;
}

test('integrations have the members of the documentation, in their envelope', async () => {
  const { data, ...envelope } = await app.read<Integrations>(await tokenFor(), 'integrations/');
  expect(envelope).toStrictEqual({ message: expect.any(String), code: 'success' });
  expect(data.find((one) => one.integration_type === 'google_drive')).toStrictEqual({
    id: 101,
    integration_type: 'google_drive',
    integration_step: 'authorized',
    source: 'yating@example.com',
    document_type: 'drive',
    document_stats: {
      status: { indexed: 5, indexing: 1, error: 0 },
      total_size: expect.any(Number),
      document_count: 6,
    },
    consent_time: expect.any(String),
    memory_config: null,
    token_validity: true,
  });
});

test('common knowledge is an array, with the ids of what may be read', async () => {
  const path = 'common-knowledge/subscribed-list/';
  expect(await app.read<unknown>(await tokenFor(), path)).toStrictEqual([
    {
      id: 71,
      num_of_subscribers: 1284,
      publisher_name: 'Beipu Tea Farmers',
      published_by_me: false,
      subscribed_by_me: true,
      created: expect.any(String),
      modified: expect.any(String),
      name: 'Tea from the mountains',
      image_url: '',
      description: expect.any(String),
      memento: 811,
      document_ids: [9001, 9002],
    },
  ]);
});
