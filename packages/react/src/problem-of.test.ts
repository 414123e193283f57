import { API_ERROR_CODES } from '@cloakroom/contract/error-codes';
import { PROBLEMS } from '@cloakroom/contract/problem';
import { expect, test } from 'vitest';
import { problemOf } from './problem-of.ts';

function answer(body: string, headers: Record<string, string> = {}, status = 503): Response {
  const type = { 'Content-Type': 'application/problem+json; charset=utf-8' };
  return new Response(body, { status, headers: { ...type, ...headers } });
}

function problem(error: string, status: number): string {
  return JSON.stringify({
    type: 'about:blank',
    title: 't',
    status,
    detail: 'd',
    error,
    request_id: 'r-1',
  });
}

test.each(API_ERROR_CODES)(
  '%s arrives with its status and where to search for it',
  async (code) => {
    const { status } = PROBLEMS[code];
    const error = await problemOf(answer(problem(code, status), {}, status));
    expect(error).toMatchObject({ code, status, requestId: 'r-1', retryAfter: undefined });
  },
);

test('Retry-After comes along', async () => {
  const error = await problemOf(
    answer(problem('session_store_unavailable', 503), { 'Retry-After': '7' }),
  );
  expect(error.retryAfter).toBe(7);
});

test.each([
  ['a proxy’s error page', answer('<h1>Bad gateway</h1>', { 'Content-Type': 'text/html' }, 502)],
  [
    'JSON of another kind',
    answer(problem('not_found', 404), { 'Content-Type': 'application/json' }, 404),
  ],
  ['a code of nobody', answer(problem('made_up', 400), {}, 400)],
  ['half a body', answer('{"type":', {}, 500)],
  ['an empty body', answer('', {}, 500)],
])('%s is an unexpected answer', async (_name, response) => {
  const error = await problemOf(response);
  expect(error).toMatchObject({ code: 'unexpected_answer', status: response.status });
});
