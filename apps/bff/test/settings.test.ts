import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { freePort } from '../../../scripts/free-port.ts';
import { startBff, startRefused } from './bff-process.ts';
import { Browser } from './browser-jar.ts';
import { canary } from './canaries.ts';
import { StrictProvider } from './strict-provider.ts';

let provider: StrictProvider;
let port: string;

beforeAll(async () => {
  provider = await new StrictProvider().open();
  port = String(await freePort());
});

afterAll(() => provider.close());

const SECRETS = 'vK3x-9qLpTz7wYb2NcR5mHd8sJf4gA6e';
const development = () => ({
  PORT: port,
  OAUTH_BASE_URL: provider.url,
  OAUTH_CLIENT_ID: 'client',
  OAUTH_CLIENT_SECRET: canary('SECRET'),
});
const production = () => ({
  ...development(),
  NODE_ENV: 'production',
  PUBLIC_URL: 'https://app.example.test',
  OAUTH_BASE_URL: 'https://provider.example.test',
  SESSION_SECRETS: SECRETS,
  REDIS_URL: inject('redisUrl'),
});

/** Refused with 78, naming the settings and never what stands in them. */
async function refuses(env: Record<string, string>, names: readonly string[]): Promise<void> {
  const { code, output, milliseconds } = await startRefused(env);
  expect(code, output).toBe(78);
  expect(
    names.filter((name) => !output.includes(name)),
    output,
  ).toEqual([]);
  for (const name of names) {
    const value = env[name] ?? '';
    if (value.length > 7) expect(output.includes(value), `${name} is repeated`).toBe(false);
  }
  expect(output).not.toContain('CANARY');
  expect(output).not.toMatch(/\n\s+at /);
  expect(milliseconds).toBeLessThan(10_000);
}

const BAD: Record<string, string[]> = {
  PORT: ['abc-not-a-port', '70000', '-1', '1.5'],
  PUBLIC_URL: [
    'not-a-url-at-all',
    'ftp://app.example.test',
    'http://app.example.test/path/x',
    'javascript:alert(1)',
  ],
  TRUST_PROXY: ['everybody-out-there', '999.999.0.0/99', '-1', 'true'],
  SESSION_SECRETS: ['only-31-bytes-long-aaaaaaaaaaaa', `${SECRETS},short-one`, ','.repeat(40), 'x'],
  SESSION_IDLE_TTL: ['for-a-long-time', '0', '-5', '1e999'],
  SESSION_ABSOLUTE_TTL: ['for-a-long-time', '0', '-5', 'NaN'],
  REDIS_URL: [
    'http://127.0.0.1:6379',
    'not-a-redis-url',
    'redis+sentinel://127.0.0.1:1',
    'redis+cluster://,,,',
  ],
  OAUTH_PROFILE: ['no-such-profile', '__proto__', 'constructor', 'AIHUBMIX'],
  OAUTH_BASE_URL: [
    'not-a-base-url',
    'ftp://provider.example.test',
    'javascript:alert(1)',
    'file:///etc/passwd',
  ],
  OAUTH_REDIRECT_URI: [
    'not-a-redirect-uri',
    '/a/relative/path',
    'ftp://app.example.test/x',
    'javascript:alert(1)',
  ],
  OAUTH_PKCE: ['plain-please', 's256', 'on', 'true'],
  PROVIDER_TIMEOUT_MS: ['not-at-all', '0', '-1', '1e999'],
  RATE_LIMIT_LOGIN: ['not-at-all', '-1', 'NaN', '0x10z'],
  RATE_LIMIT_PASSWORD: ['not-at-all', '-1', 'NaN', 'Infinity'],
  METRICS_PORT: ['not-a-port', '70000', '-1', '1.5'],
  LOG_LEVEL: ['as-loud-as-can-be', 'INFO!', '7', '__proto__'],
  WORKERS: ['not-a-number', '0', '-2', '1.5'],
};

describe('S135 bad values are listed all at once, by name, with exit code 78', {
  timeout: 40_000,
}, () => {
  test.concurrent.each([0, 1, 2, 3])('set %i', async (set) => {
    const bad = Object.fromEntries(
      Object.entries(BAD).map(([name, values]) => [name, values[set] ?? '']),
    );
    await refuses({ ...development(), ...bad }, Object.keys(BAD));
  });

  test.concurrent('what is missing too: credentials, and one half of TLS', async () => {
    await refuses(
      {
        PORT: port,
        OAUTH_CLIENT_ID: '  ',
        TLS_CERT_FILE: '/etc/hostname',
        SESSION_IDLE_TTL: 'not-a-number',
      },
      ['OAUTH_CLIENT_ID', 'OAUTH_CLIENT_SECRET', 'TLS_KEY_FILE', 'SESSION_IDLE_TTL'],
    );
    await refuses({ ...development(), WORKERS: '2' }, ['REDIS_URL']);
    await refuses({ ...development(), OAUTH_PROFILE: 'oidc', OAUTH_BASE_URL: '' }, [
      'OAUTH_BASE_URL',
    ]);
    const files = { TLS_CERT_FILE: '/no/such/cert.pem', TLS_KEY_FILE: '/no/such/key.pem' };
    await refuses({ ...development(), ...files }, ['TLS_CERT_FILE']);
  });

  test.concurrent('with OAUTH_PROVIDERS every provider is asked for its own settings', async () => {
    const both = {
      PORT: port,
      OAUTH_PROVIDERS: 'one,the-second',
      OAUTH_CLIENT_ID: 'x',
      OAUTH_CLIENT_SECRET: canary('SECRET'),
      OAUTH_ONE_PROFILE: 'aihubmix',
    };
    await refuses(
      { ...both, OAUTH_THE_SECOND_PROFILE: 'nonsense', OAUTH_THE_SECOND_PKCE: 'plain-please' },
      ['OAUTH_ONE_CLIENT_ID', 'OAUTH_ONE_CLIENT_SECRET', 'OAUTH_THE_SECOND_PROFILE'],
    );
    await refuses({ ...development(), OAUTH_PROVIDERS: 'some-id-without-profile' }, [
      'OAUTH_SOME_ID_WITHOUT_PROFILE_PROFILE',
    ]);
    const lists = ['x,x', '../evil', ',', 'a_b,a-b'].map((list) => ({
      ...development(),
      OAUTH_PROVIDERS: list,
      OAUTH_X_PROFILE: 'aihubmix',
      OAUTH_X_CLIENT_ID: 'a',
      OAUTH_X_CLIENT_SECRET: 'b',
    }));
    await Promise.all(lists.map((list) => refuses(list, ['OAUTH_'])));
  });
});

describe('S135 in production it refuses what is not safe', { timeout: 40_000 }, () => {
  const RULES: [string, Record<string, string>, string[]][] = [
    [
      'nothing that must be there',
      { SESSION_SECRETS: '', REDIS_URL: '', OAUTH_CLIENT_SECRET: '' },
      ['SESSION_SECRETS', 'REDIS_URL', 'OAUTH_CLIENT_SECRET'],
    ],
    [
      'http everywhere',
      {
        PUBLIC_URL: 'http://app.example.test',
        OAUTH_BASE_URL: 'http://provider.example.test',
        OAUTH_REDIRECT_URI: 'http://app.example.test/oauth/callback',
      },
      ['PUBLIC_URL', 'OAUTH_BASE_URL', 'OAUTH_REDIRECT_URI'],
    ],
    [
      'a redirect URI of http loopback for a public site',
      { OAUTH_REDIRECT_URI: 'http://localhost:3000/oauth/callback' },
      ['OAUTH_REDIRECT_URI'],
    ],
    [
      'a host that only begins like loopback',
      {
        PUBLIC_URL: 'http://localhost.evil.example',
        OAUTH_BASE_URL: 'http://127.0.0.1.evil.example',
      },
      ['PUBLIC_URL', 'OAUTH_BASE_URL'],
    ],
    [
      'a secret that is too short',
      { SESSION_SECRETS: 'a-secret-of-31-bytes-0123456789' },
      ['SESSION_SECRETS'],
    ],
    [
      'a second secret that is too short',
      { SESSION_SECRETS: `${SECRETS},short-secret` },
      ['SESSION_SECRETS'],
    ],
    [
      'a sample secret',
      { SESSION_SECRETS: 'change-me-change-me-change-me-change-me' },
      ['SESSION_SECRETS'],
    ],
    ['one letter many times', { SESSION_SECRETS: 'a'.repeat(64) }, ['SESSION_SECRETS']],
    [
      'a sample client secret',
      { OAUTH_CLIENT_SECRET: 'YOUR_CLIENT_SECRET' },
      ['OAUTH_CLIENT_SECRET'],
    ],
  ];
  test.concurrent.each(RULES)('%s', async (_name, changed, names) => {
    await refuses({ ...production(), ...changed }, names);
  });

  test.concurrent('but loopback may be http, so that it can be tried locally', async () => {
    const own = String(await freePort());
    const redisUrl = inject('redisUrl');
    const env = {
      ...production(),
      PORT: own,
      PUBLIC_URL: `http://localhost:${own}`,
      OAUTH_BASE_URL: provider.url,
    };
    const bff = await startBff({ provider, redisUrl, env });
    expect((await new Browser(bff).open('/auth/oauth/start')).location).toContain(provider.url);
    expect(await bff.stop()).toBe(0);
  });
});
