import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCloakroom } from '@cloakroom/express';
import { memoryStore } from '@cloakroom/express/memory-store';
import { OptionsError } from '@cloakroom/express/options';
import { expect, test } from 'vitest';
import { readSettings } from './settings.ts';

const ALONE = { OAUTH_CLIENT_ID: 'id', OAUTH_CLIENT_SECRET: 'secret' };
const TWO = {
  OAUTH_PROVIDERS: 'aihubmix,my-forum',
  OAUTH_AIHUBMIX_CLIENT_ID: 'id',
  OAUTH_AIHUBMIX_CLIENT_SECRET: 'secret',
  OAUTH_MY_FORUM_PROFILE: 'flarum',
  OAUTH_MY_FORUM_BASE_URL: 'https://forum.example',
  OAUTH_MY_FORUM_CLIENT_ID: 'id',
  OAUTH_MY_FORUM_CLIENT_SECRET: 'secret',
};

function problemsOf(env: Record<string, string>): readonly string[] {
  try {
    readSettings(env);
    return [];
  } catch (error) {
    if (error instanceof OptionsError) return error.problems;
    throw error;
  }
}

const FIELDS: [name: string, wrong: string, says: string][] = [
  ['PROFILE', 'no-such-profile', 'must be one of'],
  ['BASE_URL', 'ftp://forum.example', 'must be an http or https URL'],
  ['BASE_URL', 'https://forum.example/?a=b', 'without ? and #'],
  ['CLIENT_KEY_FILE', '/no/such/key.json', 'must be a file with a private key'],
  ['CLIENT_AUTH', 'secret_handshake', 'must be one of client_secret_basic'],
  ['CLIENT_AUTH', 'private_key_jwt', 'CLIENT_KEY_FILE: is required'],
  ['REDIRECT_URI', 'javascript:/oauth/callback', 'must be an http or https URL'],
  ['REDIRECT_URI', 'https://app.example/elsewhere', 'must be a URL that ends in /oauth/callback'],
  ['PKCE', 'plain', 'must be one of S256, off'],
  ['LOGOUT_HINT', 'yes', 'must be one of on, off'],
];

test.each(FIELDS)(
  '%s=%s is refused by the name of the variable, alone and of several',
  (name, wrong, says) => {
    const [alone = '', ...more] = problemsOf({ ...ALONE, [`OAUTH_${name}`]: wrong });
    expect(alone).toMatch(/^OAUTH_[A-Z_]+: /);
    expect([alone, more]).toEqual([expect.stringContaining(says), []]);
    const [second = '', ...others] = problemsOf({ ...TWO, [`OAUTH_MY_FORUM_${name}`]: wrong });
    expect(second).toMatch(/^OAUTH_MY_FORUM_[A-Z_]+: /);
    expect([second, others]).toEqual([expect.stringContaining(says), []]);
  },
);

test('the callback of another provider is refused by the name of the variable, not by the engine', () => {
  const callback = 'https://app.example/oauth/callback';
  const first = { ...TWO, OAUTH_AIHUBMIX_REDIRECT_URI: `${callback}/my-forum` };
  expect(problemsOf(first)).toEqual([
    'OAUTH_AIHUBMIX_REDIRECT_URI: must be a URL that ends in /oauth/callback or /oauth/callback/aihubmix',
  ]);
  expect(problemsOf({ ...TWO, OAUTH_MY_FORUM_REDIRECT_URI: callback })).toEqual([
    'OAUTH_MY_FORUM_REDIRECT_URI: must be a URL that ends in /oauth/callback/my-forum',
  ]);
});

test('a profile that does not exist hides nothing else that is wrong', () => {
  const env = {
    OAUTH_PROFILE: 'no-such-profile',
    OAUTH_REDIRECT_URI: 'https://app.example/elsewhere',
    OAUTH_PKCE: 'plain',
  };
  const names = problemsOf(env).map((problem) => problem.replace(/:.*/, ''));
  expect(names.toSorted()).toEqual([
    'OAUTH_CLIENT_ID',
    'OAUTH_CLIENT_SECRET',
    'OAUTH_PKCE',
    'OAUTH_PROFILE',
    'OAUTH_REDIRECT_URI',
  ]);
});

test('what is read is what the engine takes, and what is not set is left to it', async () => {
  const { providers, PUBLIC_URL, SESSION_SECRETS } = readSettings({
    ...TWO,
    OAUTH_MY_FORUM_TRUSTED_AUDIENCES: 'one  two',
    OAUTH_MY_FORUM_LOGOUT_HINT: 'off',
    OAUTH_MY_FORUM_PKCE: 'S256',
  });
  const [first, second] = providers;
  expect(first).toMatchObject({ id: 'aihubmix', clientSecret: 'secret', scope: undefined });
  expect(second).toMatchObject({
    id: 'my-forum',
    baseUrl: 'https://forum.example',
    trustedAudiences: ['one', 'two'],
    logoutHint: false,
    pkce: 'S256',
  });
  const cloakroom = createCloakroom({
    publicUrl: PUBLIC_URL,
    sessionSecrets: SESSION_SECRETS,
    store: memoryStore(),
    providers,
  });
  await cloakroom.close();
});

test('the scope of an issuer without openid is refused by the name of the variable, with all else', () => {
  const oidc = { ...ALONE, OAUTH_PROFILE: 'oidc', OAUTH_BASE_URL: 'https://issuer.example' };
  const problems = problemsOf({ ...oidc, OAUTH_SCOPE: 'profile', PORT: 'abc' });
  expect(problems).toContain('OAUTH_SCOPE: must include openid');
  expect(problems).toHaveLength(2);
  expect(problemsOf({ ...ALONE, OAUTH_SCOPE: 'profile' })).toEqual([]);
});

test.each([
  ['RS256', 'RSA', undefined],
  ['ES256', 'EC', 'P-256'],
  ['EdDSA', 'OKP', 'Ed25519'],
])('a key is taken with %s and with no algorithm of another kind', (fitting, kty, crv) => {
  const folder = mkdtempSync(join(tmpdir(), 'cloakroom-key-'));
  const taken = ['RS256', 'ES256', 'ES384', 'EdDSA', 'HS256'].filter((alg) => {
    const file = join(folder, `${alg}.json`);
    writeFileSync(file, JSON.stringify({ kty, crv, alg, d: 'private' }));
    return problemsOf({ OAUTH_CLIENT_ID: 'id', OAUTH_CLIENT_KEY_FILE: file }).length === 0;
  });
  rmSync(folder, { recursive: true });
  expect(taken).toEqual([fitting]);
});
