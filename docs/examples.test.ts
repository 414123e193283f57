import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { get, type IncomingMessage } from 'node:http';
import { stripTypeScriptTypes } from 'node:module';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, describe, expect, inject, test } from 'vitest';
import { freePort } from '../scripts/free-port.ts';
import { codeBlocks, codes, rows, section } from './markdown.ts';
import { files, ROOT, read } from './repository.ts';

const DOCUMENTS = ['README.md', ...files('docs/**/*.md'), ...files('packages/*/README.md')];
const examples = DOCUMENTS.flatMap((document) =>
  codeBlocks(read(document))
    .filter(({ language }) => ['ts', 'tsx', 'js'].includes(language))
    .map(({ language, code }, index) => ({ document, index, language, code })),
);
const servers = examples.filter(({ code }) => code.includes('app.listen('));

/** An example is tried out where its imports lead somewhere. */
function homeOf({ code, language }: { code: string; language: string }): string {
  const isForPages = language !== 'ts' || code.includes("from 'vite'");
  const workspace = isForPages ? 'apps/web' : 'apps/bff';
  const folder = code.includes("from '@cloakroom/emulator'") ? '.' : workspace;
  return join(ROOT, folder, 'node_modules/.cache/docs');
}

afterAll(async () => {
  for (const home of new Set(examples.map(homeOf))) await rm(home, { recursive: true });
});

test('there are examples of each kind', () => {
  expect(servers.map(({ document }) => document)).toEqual(['README.md', 'docs/adopting.md']);
  expect(new Set(examples.map(({ language }) => language))).toEqual(new Set(['ts', 'tsx', 'js']));
});

describe('an example type-checks', () => {
  test.each(examples)(
    '$document, $language, no. $index',
    async (example) => {
      const home = join(
        homeOf(example),
        `${example.document.replace(/\W/g, '-')}-${example.index}`,
      );
      const file = example.language === 'tsx' ? 'example.tsx' : 'example.ts';
      await mkdir(home, { recursive: true });
      await writeFile(join(home, file), example.code);
      await writeFile(join(home, 'package.json'), '{"type":"module"}');
      await writeFile(join(home, 'tsconfig.json'), JSON.stringify(configuration(example, file)));
      expect(await output(join(ROOT, 'node_modules/.bin/tsc'), ['-p', home])).toBe('');
    },
    60_000,
  );

  function configuration(example: { code: string; language: string }, file: string) {
    const forPages = {
      jsx: 'react-jsx',
      lib: ['es2024', 'dom', 'dom.iterable'],
      module: 'preserve',
      moduleResolution: 'bundler',
    };
    return {
      extends: join(ROOT, 'tsconfig.base.json'),
      compilerOptions: {
        ...(homeOf(example).includes('apps/web') ? forPages : { types: ['node'] }),
        moduleDetection: 'force',
        // An example shows what one gets, without using it.
        noUnusedLocals: false,
      },
      files: [file],
    };
  }
});

describe('an example of a server runs', () => {
  let child: ChildProcess | undefined;
  afterEach(() => child?.kill('SIGKILL'));

  test.each(servers)(
    '$document',
    async ({ document, code, language }) => {
      const home = homeOf({ code, language });
      const file = join(home, `${document.replace(/\W/g, '-')}.mjs`);
      await mkdir(home, { recursive: true });
      await writeFile(file, stripTypeScriptTypes(code));
      const port = String(await freePort());
      child = spawn(process.execPath, [file], {
        env: {
          PORT: port,
          REDIS_URL: inject('redisUrl'),
          SESSION_SECRET: 'a-secret-of-more-than-32-bytes-0123456789',
          SESSION_SECRETS: 'a-secret-of-more-than-32-bytes-0123456789',
          CLIENT_ID: 'id',
          CLIENT_SECRET: 'secret',
        },
        stdio: 'ignore',
      });
      const url = `http://localhost:${port}`;
      await untilReady(url);

      const session = await fetch(`${url}/auth/session`, { headers: { 'X-CSRF': '1' } });
      expect([session.status, await session.json()]).toEqual([200, { authenticated: false }]);
      const own = /app\.use\('([^']+)', cloakroom\.requireSession/.exec(code)?.[1];
      expect((await fetch(url + own, { redirect: 'manual' })).status).toBe(401);
      expect(await documentedStatuses(url)).toEqual(expectedStatuses());
      for (const [path, location] of LOGIN_FAILURES) {
        const answer = await navigate(url + path);
        expect([answer.statusCode, answer.headers.location]).toEqual([302, location]);
      }
    },
    60_000,
  );

  const LOGIN_FAILURES = [
    ['/auth/oauth/start?provider=nobody', '/?error=unknown_provider'],
    ['/oauth/callback', '/?error=missing_parameters'],
    ['/oauth/callback?code=c&state=s', '/?error=invalid_state'],
    ['/oauth/callback?error=access_denied', '/?error=access_denied'],
  ] as const;

  const endpoints = rows(section(read('README.md'), 'Endpoints'), 'Request').flatMap(
    ({ Request }) => codes(Request),
  );

  /** Nothing that is documented answers as if it were not there. */
  async function documentedStatuses(url: string) {
    const answers = endpoints.map(async (endpoint) => {
      const [method = '', path] = endpoint.split(' ');
      const headers = { 'X-CSRF': '1' };
      const { status } = await fetch(url + path, { method, headers, redirect: 'manual' });
      return [endpoint, status === 404 || status === 405 ? status : 'is there'];
    });
    return Promise.all(answers);
  }

  /** `fetch` would say that it is none: Sec-Fetch-Mode is its own. */
  function navigate(url: string): Promise<IncomingMessage> {
    return new Promise((resolve, reject) => {
      get(url, (answer) => resolve(answer.resume())).once('error', reject);
    });
  }

  const expectedStatuses = () => endpoints.map((endpoint) => [endpoint, 'is there']);

  async function untilReady(url: string): Promise<void> {
    for (let tries = 0; tries < 600; tries += 1) {
      const answer = await fetch(`${url}/readyz`).catch(() => undefined);
      if (answer?.ok) return;
      await delay(50);
    }
    throw new Error('the example does not answer');
  }
});

function output(program: string, args: string[]): Promise<string> {
  const child = spawn(program, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] });
  let text = '';
  child.stdout.on('data', (data) => {
    text += data;
  });
  child.stderr.on('data', (data) => {
    text += data;
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', () => resolve(text));
  });
}
