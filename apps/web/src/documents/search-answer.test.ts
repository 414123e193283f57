import { expect, test } from 'vitest';
import { searchAnswerSchema } from './search-answer.ts';

const CHUNK = {
  document: { id: 4101, name: 'Itinerary', type: 'text/plain' },
  matched_content: ' Day 1: arrive at Kansai. ',
  distance: 0.42,
};
const FOUND = { document: 'Itinerary', content: 'Day 1: arrive at Kansai.', distance: 0.42 };

test.each([
  ['matched_chunks, as on the page', { data_sources: [], matched_chunks: [CHUNK] }],
  ['data, as in the samples', { data: [CHUNK], message: 'ok', code: 'success' }],
])('an answer may be an envelope with %s', (_name, answer) => {
  expect(searchAnswerSchema.parse(answer)).toEqual([FOUND]);
});

test('a chunk without a name and a distance is shown without them', () => {
  const bare = { matched_content: 'x', document: { name: ' ' }, distance: null };
  const answer = { matched_chunks: [bare, { matched_content: 'y' }] };
  expect(searchAnswerSchema.parse(answer)).toEqual([
    { document: undefined, content: 'x', distance: undefined },
    { document: undefined, content: 'y', distance: undefined },
  ]);
});

test.each([{}, [], null, { matched_chunks: [{}] }, { data: 'none' }])(
  '%j is no answer',
  (answer) => {
    expect(searchAnswerSchema.safeParse(answer).success).toBe(false);
  },
);
