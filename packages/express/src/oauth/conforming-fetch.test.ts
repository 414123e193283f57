import { aihubmix } from '@cloakroom/profiles/aihubmix';
import { expect, test } from 'vitest';
import { conformingFetch } from './conforming-fetch.ts';

function fetched(contentType: string, body: string): Promise<Response> {
  const answer = { status: 200, headers: { 'content-type': contentType }, body };
  const client = { send: async () => answer, close: async () => {} };
  return conformingFetch(client, aihubmix)('https://provider.example/token', {
    method: 'POST',
    headers: {},
    body: null,
    redirect: 'manual',
  });
}

test.each([
  ['application/json', 'access_token=CANARY'],
  ['application/json; charset=utf-8', '["CANARY"]'],
  ['application/json', '"CANARY"'],
  ['text/html', '<p>CANARY'],
])(
  'the library, whose errors quote what they cannot read, never sees %s %s',
  async (type, body) => {
    const answer = await fetched(type, body);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, type]);
    expect(await answer.text()).toBe('');
  },
);

test('it does see a JSON object', async () => {
  const answer = await fetched('application/json', '{"access_token":"a"}');
  expect(await answer.json()).toEqual({ access_token: 'a' });
});

test('what a server writes as empty was left out; a token that is empty is none', async () => {
  const sent = { access_token: '', id_token: null, refresh_token: '', expires_in: null, scope: '' };
  const answer = await fetched('application/json', JSON.stringify(sent));
  expect(await answer.json()).toEqual({ access_token: '', id_token: null });
});
