import { expect, test } from 'vitest';
import { freePort } from '../free-port.ts';
import { createOauthApp } from './create-oauth-app.ts';
import { documentedAnswer, type StubAnswer, stubProvider } from './stub-provider.ts';

const app = {
  name: 'Our app',
  description: 'What it is for',
  redirectUri: 'https://app.example.com/oauth/callback',
};
const developerToken = 'developer-t0ken';

async function failure(answer: StubAnswer | null): Promise<{ kind: string; message: string }> {
  await using provider = await stubProvider(() => answer);
  return await createOauthApp(app, { baseUrl: provider.url, developerToken, timeout: 200 }).then(
    () => ({ kind: 'none', message: '' }),
    (error) => ({ kind: error.kind, message: `${error.stack} ${error.cause?.stack ?? ''}` }),
  );
}

test('the call is the documented one', async () => {
  await using provider = await stubProvider(documentedAnswer);
  const baseUrl = `${provider.url}/aihubmix`;
  expect(await createOauthApp(app, { baseUrl, developerToken })).toEqual({
    clientId: 'client_abc123',
    clientSecret: 'secret_s3cret',
  });
  expect(provider.calls).toMatchObject([
    {
      method: 'POST',
      path: '/aihubmix/api/oauth_apps',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${developerToken}` },
      body: {
        name: app.name,
        description: app.description,
        redirect_uri: app.redirectUri,
      },
    },
  ]);
});

test.each<[string, string, StubAnswer | null]>([
  ['a refusal with status 200', 'refused', { body: { success: false, message: 'no' } }],
  ['a refusal with status 401', 'refused', { status: 401, body: { message: 'no' } }],
  ['a refusal that is no JSON', 'refused', { status: 403, body: 'no' }],
  ['a failing provider', 'unavailable', { status: 500, body: documentedBody() }],
  ['a provider that says nothing in time', 'unavailable', null],
  ['an answer that is no JSON', 'unavailable', { body: 'secret_s3cret' }],
  ['an answer without success', 'unavailable', { body: { data: documentedBody().data } }],
  ['success as a text', 'unavailable', { body: { ...documentedBody(), success: 'true' } }],
  ['a success without a secret', 'unavailable', { body: documentedBody({ client_secret: '' }) }],
  [
    'a secret with a line break',
    'unavailable',
    { body: documentedBody({ client_secret: 'secret_s3cret\nNODE_OPTIONS=x' }) },
  ],
  [
    'another redirect URI than the asked one',
    'unavailable',
    { body: documentedBody({ redirect_uri: `${app.redirectUri}/` }) },
  ],
  ['an endless answer', 'unavailable', { body: 'secret_s3cret'.repeat(10_000) }],
  [
    'a redirect, even with a good body',
    'unavailable',
    { status: 307, headers: { location: 'https://elsewhere.example/' }, body: documentedBody() },
  ],
])('%s is %s, and no secret is in the error', async (_what, kind, answer) => {
  const error = await failure(answer);
  expect(error.kind).toBe(kind);
  expect(error.message).not.toContain('s3cret');
  expect(error.message).not.toContain(developerToken);
});

test('a redirect is not followed', async () => {
  await using elsewhere = await stubProvider(documentedAnswer);
  const location = `${elsewhere.url}/api/oauth_apps`;
  expect(await failure({ status: 308, headers: { location } })).toMatchObject({
    kind: 'unavailable',
  });
  expect(elsewhere.calls).toEqual([]);
});

test('a provider that is not there is unavailable', async () => {
  const baseUrl = `http://127.0.0.1:${await freePort()}`;
  await expect(createOauthApp(app, { baseUrl, developerToken })).rejects.toMatchObject({
    kind: 'unavailable',
    message: `${baseUrl} cannot be reached (ECONNREFUSED).`,
  });
});

test('the reason of a refusal is told, without the token and without control characters', async () => {
  const message = `no \u001b[2Japp for ${developerToken}`;
  const error = await failure({ status: 400, body: { success: false, message } });
  expect(error.message).toContain('(400): no  [2Japp for [developer token]');
});

function documentedBody(changes: object = {}) {
  return {
    success: true,
    message: 'created',
    data: {
      client_id: 'client_abc123',
      client_secret: 'secret_s3cret',
      redirect_uri: app.redirectUri,
      ...changes,
    },
  };
}
