import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { auditAtTheEnd } from './audit.ts';
import { type BffProcess, startBff } from './bff-process.ts';
import type { BrowserAnswer } from './browser-answer.ts';
import { Browser } from './browser-jar.ts';
import { canary } from './canaries.ts';
import { StrictProvider } from './strict-provider.ts';

const SECRET = canary('SECRET');
const FILES: Record<string, string> = {
  'site/index.html':
    '<!doctype html><title>The SPA</title><script type="module" src="/assets/app-abc123.js"></script>',
  'site/assets/app-abc123.js': 'export const app = 1;',
  'site/assets/app-abc123.css': 'body { color: red }',
  'site/favicon.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>',
  'site/.env': SECRET,
  'site/.git/config': SECRET,
  'site/assets/.hidden.js': SECRET,
  'package.json': SECRET,
  '.env': SECRET,
  'secret.txt': SECRET,
  'site-evil/index.html': SECRET,
};

let folder: string;
let provider: StrictProvider;
let bff: BffProcess;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'cloakroom-dist-'));
  for (const [name, content] of Object.entries(FILES)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  symlinkSync('/etc/hostname', join(folder, 'site/assets/link.js'));
  provider = await new StrictProvider().open();
  bff = await startBff({ provider, env: { WEB_DIST: join(folder, 'site') } });
}, 30_000);

afterAll(async () => {
  await bff.stop();
  await provider.close();
  rmSync(folder, { recursive: true, force: true });
});

const get = (path: string, headers = {}): Promise<BrowserAnswer> =>
  new Browser(bff).open(path, { headers });

describe('the pages of the SPA', () => {
  test.each([
    '/',
    '/?error=access_denied',
    '/?login=success',
    '/account',
    '/deep/page/path',
    '/authors',
    '/apis',
    '/oauthx',
    '/page?x=/../y',
    '/a%20b',
    '/%E4%B8%AD',
  ])('S118 %s is index.html and is asked for again each time', async (path) => {
    const answer = await get(path);
    expect([answer.status, answer.body]).toEqual([200, FILES['site/index.html']]);
    expect(answer.headers['content-type']).toMatch(/^text\/html; ?charset=utf-8$/i);
    expect(answer.headers['cache-control']).toMatch(/no-cache|no-store/);
    expect(answer.cookies).toEqual([]);
  });

  test('/index.html is the same page or none', async () => {
    const answer = await get('/index.html');
    expect([200, 404]).toContain(answer.status);
    if (answer.status === 200) expect(answer.headers['cache-control']).toMatch(/no-cache|no-store/);
  });

  test('S73 have a Content-Security-Policy without a hole', async () => {
    const header = (await get('/')).headers['content-security-policy'] ?? '';
    const policy = new Map(
      header.split(';').map((part) => {
        const [name = '', ...values] = part.trim().split(/\s+/);
        return [name, values] as const;
      }),
    );
    const of = (name: string) => policy.get(name) ?? policy.get('default-src') ?? [];
    expect([["'self'"], ["'none'"]]).toContainEqual(policy.get('default-src'));
    expect(header).not.toMatch(/unsafe-eval|http:|https:|\*/);
    expect(of('script-src').join(' ')).not.toMatch(/unsafe|data:|blob:/);
    expect(of('object-src')).toEqual(["'none'"]);
    expect(of('connect-src')).toEqual(["'self'"]);
    expect([["'none'"], ["'self'"]]).toContainEqual(policy.get('base-uri'));
    expect([["'none'"], ["'self'"]]).toContainEqual(policy.get('form-action'));
    expect(policy.get('frame-ancestors')).toEqual(["'none'"]);
  });

  test('HEAD has no body, other methods are refused', async () => {
    const head = await new Browser(bff).send('HEAD', '/');
    expect([head.status, head.body]).toEqual([200, '']);
    for (const method of ['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS']) {
      const answer = await new Browser(bff).send(method, '/');
      expect([403, 404, 405], answer.summary).toContain(answer.status);
    }
  });
});

describe('the assets', () => {
  test.each([
    ['/assets/app-abc123.js', /javascript/],
    ['/assets/app-abc123.css', /text\/css/],
  ])('%s is kept for ever', async (path, type) => {
    const answer = await get(path);
    expect([answer.status, answer.body]).toEqual([200, FILES[`site${path}`]]);
    expect(answer.headers['content-type']).toMatch(type);
    expect(answer.headers['cache-control']).toMatch(/immutable/);
    expect(
      Number(/max-age=(\d+)/.exec(answer.headers['cache-control'] ?? '')?.[1]),
    ).toBeGreaterThanOrEqual(31_536_000);
  });

  test('what is not hashed is not', async () => {
    const answer = await get('/favicon.svg');
    expect([
      answer.status,
      answer.headers['cache-control']?.includes('immutable') ?? false,
    ]).toEqual([200, false]);
  });

  test('S62 a query, a range or a condition breaks nothing', async () => {
    for (const headers of [
      { range: 'bytes=0-3' },
      { range: 'bytes=99999-' },
      { range: 'bytes=-1,0-,x' },
      { 'if-none-match': '*' },
      { 'if-modified-since': 'never' },
      { 'accept-encoding': 'br;q=x' },
    ])
      expect([200, 206, 304, 412, 416]).toContain(
        (await get('/assets/app-abc123.js?x=%ff', headers)).status,
      );
  });
});

describe('S2 S119 S139 what is no page and no asset is 404, never the SPA', () => {
  test.each([
    '/.env',
    '/.git/config',
    '/.git/HEAD',
    '/.well-known/x',
    '/assets/.hidden.js',
    '/package.json',
    '/pnpm-lock.yaml',
    '/node_modules/x',
    '/node_modules/express/index.js',
    '/src/main.ts',
    '/src/main.tsx',
    '/server.js',
    '/@vite/client',
    '/@fs/etc/passwd',
    '/@id/x',
    '/assets/missing.js',
    '/assets/app-abc123.js.map',
    '/assets/',
    '/assets',
    '/missing.png',
    '/index.php',
    '/wp-login.php',
    '/metrics',
    '/debug',
    '/swagger.json',
    '/__test__',
    '/assets/missing',
    '/favicon.ico',
    '/a/.env',
    '/.env.local',
    '/.ENV',
    '/%2eenv',
    '/deep/page.css',
    '/api.json',
    '/auth.js',
  ])('%s', async (path) => {
    const answer = await get(path);
    if (
      ['/metrics', '/debug', '/__test__', '/assets', '/assets/'].includes(path) &&
      answer.status === 200
    )
      return expect(answer.body).toBe(FILES['site/index.html']); // a page path like any other
    expect(answer.status, answer.summary).toBe(404);
    expect(answer.body).not.toContain('The SPA');
  });
});

describe('S88 nothing outside the folder is served', () => {
  test.each([
    '/../package.json',
    '/../../etc/passwd',
    '/%2e%2e/package.json',
    '/..%2fpackage.json',
    '/..%5cpackage.json',
    '/%2e%2e%2fpackage.json',
    '/..%252fpackage.json',
    '/assets/../../package.json',
    '/assets/..%2f..%2fpackage.json',
    '/assets/%2e%2e/%2e%2e/secret.txt',
    '/assets/..\\..\\secret.txt',
    '/....//secret.txt',
    '/assets/....//....//secret.txt',
    '/..;/secret.txt',
    '//etc/passwd',
    '///etc/passwd',
    '/%2fetc%2fpasswd',
    '/../site-evil/index.html',
    '/..%2fsite-evil%2findex.html',
    '/file:///etc/passwd',
    '/assets/%00.js',
    '/secret.txt%00.js',
    '/%c0%ae%c0%ae/secret.txt',
    '/assets/app-abc123.js/../../../secret.txt',
    '/assets/.%2e/.%2e/secret.txt',
  ])('%s', async (path) => {
    const answer = await get(path);
    expect([200, 400, 403, 404], answer.summary).toContain(answer.status);
    expect(answer.body).not.toContain(SECRET);
    expect(answer.body).not.toContain('root:');
  });
});

auditAtTheEnd(() => [bff]);
