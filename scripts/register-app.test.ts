import { spawn } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseEnv } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { documentedAnswer, stubProvider } from './registration/stub-provider.ts';

const script = fileURLToPath(new URL('register-app.ts', import.meta.url));
const redirectUri = 'https://app.example.com/oauth/callback';
const asked = ['--name', 'Our app', '--redirect-uri', redirectUri];

let folder: string;
let file: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cloakroom-register-'));
  file = join(folder, '.env');
});

afterEach(() => rm(folder, { recursive: true }));

interface Run {
  args: readonly string[];
  env?: Record<string, string>;
}

async function run({ args, env = { OAUTH_DEVELOPER_TOKEN: 'developer-t0ken' } }: Run) {
  // Without the dashes Node.js takes --env-file for its own, wherever it stands.
  const child = spawn(process.execPath, ['--', script, ...args], { cwd: folder, env });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (data) => {
      output += data;
    });
  }
  const code = await new Promise((resolve) => child.once('close', resolve));
  expect(output).not.toContain('s3cret');
  expect(output).not.toContain('developer-t0ken');
  return { code, output };
}

test('a registration fills the env file and says what comes next', async () => {
  await using provider = await stubProvider(documentedAnswer);
  const { code, output } = await run({ args: [...asked, '--base-url', provider.url] });
  expect(code).toBe(0);
  expect(output).toContain('client_abc123');
  expect(output).toContain('PUBLIC_URL=https://app.example.com');
  expect(output).not.toContain('Notice');
  expect(parseEnv(await readFile(file, 'utf8'))).toEqual({
    OAUTH_CLIENT_ID: 'client_abc123',
    OAUTH_CLIENT_SECRET: 'secret_s3cret',
    OAUTH_REDIRECT_URI: redirectUri,
    OAUTH_BASE_URL: provider.url,
  });
  expect((await stat(file)).mode & 0o777).toBe(0o600);
});

test('a base URL of the environment is used and not written', async () => {
  await using provider = await stubProvider(documentedAnswer);
  const env = { OAUTH_DEVELOPER_TOKEN: 'developer-t0ken', OAUTH_BASE_URL: provider.url };
  expect(await run({ args: ['--', ...asked], env })).toMatchObject({ code: 0 });
  expect(provider.calls).toHaveLength(1);
  expect(await readFile(file, 'utf8')).not.toContain('OAUTH_BASE_URL');
});

test.each(['OAUTH_CLIENT_ID=mine\n', 'OAUTH_CLIENT_SECRET=mine\n'])(
  'with %j in the file nothing is registered without --force',
  async (before) => {
    await using provider = await stubProvider(documentedAnswer);
    await writeFile(file, before);
    const args = [...asked, '--base-url', provider.url];
    const refused = await run({ args });
    expect(refused.code).toBe(73);
    expect(refused.output).toContain('--force');
    expect(provider.calls).toEqual([]);
    expect(await readFile(file, 'utf8')).toBe(before);
    expect((await run({ args: [...args, '--force'] })).code).toBe(0);
    expect(parseEnv(await readFile(file, 'utf8')).OAUTH_CLIENT_ID).toBe('client_abc123');
  },
);

test('empty credentials, as a template has them, are none', async () => {
  await using provider = await stubProvider(documentedAnswer);
  await writeFile(file, '# Fill in\nOAUTH_CLIENT_ID=\nOAUTH_CLIENT_SECRET=\n');
  expect((await run({ args: [...asked, '--base-url', provider.url] })).code).toBe(0);
  expect(await readFile(file, 'utf8')).toMatch(/^# Fill in\nOAUTH_CLIENT_ID=client_abc123\n/);
});

test('a file that others could read is closed to them, with a notice', async () => {
  await using provider = await stubProvider(documentedAnswer);
  await writeFile(file, 'LOG_LEVEL=debug\n');
  await chmod(file, 0o644);
  const { output } = await run({ args: [...asked, '--base-url', provider.url] });
  expect(output).toContain('Notice: .env was open to others');
  expect((await stat(file)).mode & 0o777).toBe(0o600);
});

test.each(['--save-to', '--env-file'])('%s names the file', async (option) => {
  await using provider = await stubProvider(documentedAnswer);
  const args = [...asked, '--base-url', provider.url, option, join(folder, 'other.env')];
  expect((await run({ args })).code).toBe(0);
  expect(await readFile(join(folder, 'other.env'), 'utf8')).toContain('client_abc123');
});

test('a place that cannot be written is found before anything is registered', async () => {
  await using provider = await stubProvider(documentedAnswer);
  const args = [...asked, '--base-url', provider.url, '--save-to', join(folder, 'no', '.env')];
  expect((await run({ args })).code).toBe(73);
  expect(provider.calls).toEqual([]);
});

test.each<[string, number, Run]>([
  ['no name', 64, { args: ['--redirect-uri', redirectUri] }],
  ['no redirect URI', 64, { args: ['--name', 'Our app'] }],
  ['an unknown option', 64, { args: [...asked, '--secret', 'x'] }],
  ['no developer token', 64, { args: asked, env: {} }],
  ['a base URL without TLS', 64, { args: [...asked, '--base-url', 'http://api.example.com'] }],
  ['a provider that is not there', 69, { args: [...asked, '--base-url', 'http://127.0.0.1:2'] }],
  ['a call for help', 0, { args: ['--help'] }],
])('%s ends with %i', async (_what, code, call) => {
  expect((await run(call)).code).toBe(code);
});

test('a refusal ends with 77 and leaves the file alone', async () => {
  await using provider = await stubProvider(() => ({ body: { success: false, message: 'no' } }));
  const { code, output } = await run({ args: [...asked, '--base-url', provider.url] });
  expect(code).toBe(77);
  expect(output).toContain('no');
  await expect(stat(file)).rejects.toThrow('ENOENT');
});
