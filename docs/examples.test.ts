import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { stripTypeScriptTypes } from 'node:module';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, describe, expect, inject, test } from 'vitest';
import { freePort } from '../scripts/free-port.ts';
import { logIn, navigate, startFriendlyProvider } from './browsing.ts';
import { codeBlocks, codes, rows, section } from './markdown.ts';
import { files, ROOT, read } from './repository.ts';

interface Example {
  document: string;
  index: number;
  language: string;
  code: string;
}

const DOCUMENTS = ['README.md', ...files('docs/**/*.md'), ...files('packages/*/README.md')];
const examples: Example[] = DOCUMENTS.flatMap((document) =>
  codeBlocks(read(document))
    .filter(({ language }) => ['ts', 'tsx', 'js'].includes(language))
    .map((block, index) => ({ document, index, ...block })),
);
const servers = examples.filter(({ code }) => code.includes('app.listen('));

/** An example is tried out where its imports lead somewhere. */
function homeOf({ code, language }: Example): string {
  const isProgram = language === 'ts' || code.includes("from 'node:");
  const isForPages = !isProgram || code.includes("from 'vite'");
  const workspace = isForPages ? 'apps/web' : 'apps/bff';
  const folder = code.includes("from '@cloakroom/emulator'") ? '.' : workspace;
  return join(ROOT, folder, 'node_modules/.cache/docs');
}

const nameOf = ({ document, index }: Example) => `${document.replace(/\W/g, '-')}-${index}`;

afterAll(async () => {
  for (const home of new Set(examples.map(homeOf))) {
    await rm(home, { recursive: true, force: true });
  }
});

test('there are examples of each kind', () => {
  expect(servers.map(({ document }) => document)).toEqual(['README.md', 'docs/adopting.md']);
  expect(new Set(examples.map(({ language }) => language))).toEqual(new Set(['ts', 'tsx', 'js']));
});

describe('the examples type-check', () => {
  test.each([...new Set(examples.map(homeOf))])(
    'as files of %s',
    async (home) => {
      await mkdir(home, { recursive: true });
      const mine = examples.filter((example) => homeOf(example) === home);
      const names = mine.map((example) => `${nameOf(example)}.${suffixOf(example)}`);
      for (const [index, { code }] of mine.entries()) {
        await writeFile(join(home, names[index] ?? ''), code);
      }
      await writeFile(join(home, 'package.json'), '{"type":"module"}');
      await writeFile(join(home, 'tsconfig.json'), JSON.stringify(configuration(home, names)));
      expect(await output(join(ROOT, 'node_modules/.bin/tsc'), ['-p', home])).toBe('');
    },
    60_000,
  );

  const suffixOf = ({ language }: Example) => (language === 'tsx' ? 'tsx' : 'ts');

  function configuration(home: string, names: string[]) {
    const forPages = {
      jsx: 'react-jsx',
      lib: ['es2024', 'dom', 'dom.iterable'],
      module: 'preserve',
      moduleResolution: 'bundler',
    };
    return {
      extends: join(ROOT, 'tsconfig.base.json'),
      compilerOptions: {
        ...(home.includes('apps/web') ? forPages : { types: ['node'] }),
        moduleDetection: 'force',
        // An example shows what one gets, without using it.
        noUnusedLocals: false,
      },
      files: names,
    };
  }
});

describe('an example of a server', () => {
  let child: ChildProcess | undefined;
  let provider: { url: string; close(): void } | undefined;
  afterEach(() => {
    child?.kill('SIGKILL');
    provider?.close();
  });

  test.each(servers)(
    'of $document runs, and has every endpoint of the table',
    async (example) => {
      const url = await start(example);
      const session = await fetch(`${url}/auth/session`, { headers: { 'X-CSRF': '1' } });
      expect([session.status, await session.json()]).toEqual([200, { authenticated: false }]);
      expect(await missingEndpoints(url)).toEqual([]);
      for (const [path, location] of LOGIN_FAILURES) {
        expect(await navigate(url + path)).toMatchObject({ status: 302, location });
      }
    },
    60_000,
  );

  test.each(servers)(
    'of $document lets only somebody who is signed in through',
    async (example) => {
      const url = await start(example);
      const own = /app\.use\('([^']+)', cloakroom\.requireSession/.exec(example.code)?.[1];
      expect((await navigate(url + own)).status).toBe(401);
      if (!example.code.includes('BASE_URL')) return;
      const answer = await navigate(url + own, await logIn(url));
      expect(JSON.parse(answer.body)).toEqual({ of: 7, orders: [] });
    },
    60_000,
  );

  async function start(example: Example): Promise<string> {
    const file = join(homeOf(example), `${nameOf(example)}.mjs`);
    await mkdir(homeOf(example), { recursive: true });
    await writeFile(file, stripTypeScriptTypes(example.code));
    provider = await startFriendlyProvider();
    const port = String(await freePort());
    const secret = 'a-secret-of-more-than-32-bytes-0123456789';
    const env = {
      PORT: port,
      REDIS_URL: inject('redisUrl'),
      SESSION_SECRET: secret,
      SESSION_SECRETS: secret,
      BASE_URL: provider.url,
      CLIENT_ID: 'id',
      CLIENT_SECRET: 'secret',
    };
    child = spawn(process.execPath, [file], { env, stdio: 'ignore' });
    const url = `http://localhost:${port}`;
    await untilReady(url);
    return url;
  }

  async function untilReady(url: string): Promise<void> {
    for (let tries = 0; tries < 600; tries += 1) {
      const answer = await fetch(`${url}/readyz`).catch(() => undefined);
      if (answer?.ok) return;
      await delay(50);
    }
    throw new Error('the example does not answer');
  }
});

const LOGIN_FAILURES = [
  ['/auth/oauth/start?provider=nobody', '/?error=unknown_provider'],
  ['/oauth/callback', '/?error=missing_parameters'],
  ['/oauth/callback?code=c&state=s', '/?error=invalid_state'],
  ['/oauth/callback?error=access_denied', '/?error=access_denied'],
] as const;

/**
 * What is documented and answers as if it were not there. A path that is there refuses the methods
 * that it has not, and says which it has; one for any method wants to know who asks.
 */
async function missingEndpoints(url: string): Promise<string[]> {
  const table = rows(section(read('README.md'), 'Endpoints'), 'Request');
  const endpoints = table.flatMap(({ Request }) => codes(Request));
  const answers = endpoints.map(async (endpoint) => {
    const [method = '', path] = endpoint.split(' ');
    const headers = { 'X-CSRF': '1' };
    const asked = { method: method === 'ANY' ? 'GET' : 'OPTIONS', headers };
    const { status, headers: said } = await fetch(url + path, asked);
    const isThere = method === 'ANY' ? status === 401 : said.get('Allow')?.includes(method);
    return isThere ? [] : [`${endpoint}: ${status}`];
  });
  return (await Promise.all(answers)).flat();
}

function output(program: string, args: string[]): Promise<string> {
  const child = spawn(program, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] });
  const said: string[] = [];
  child.stdout.on('data', (data) => said.push(String(data)));
  child.stderr.on('data', (data) => said.push(String(data)));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', () => resolve(said.join('')));
  });
}
