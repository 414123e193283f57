import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseEnv, promisify } from 'node:util';
import { type Emulator, startEmulator } from '@cloakroom/emulator';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type BffProcess, startBff } from '../apps/bff/test/bff-process.ts';
import { Browser } from '../apps/bff/test/browser-jar.ts';
import { Browser as Person, type Shown } from '../packages/emulator/test/browser.ts';
import { freePort } from '../scripts/free-port.ts';
import { codeBlocks, matches } from './markdown.ts';
import { read } from './repository.ts';

/** What is written in the recipes for `pnpm emulator` and `pnpm start`. */
const [EMULATOR, APP] = ['http://127.0.0.1:4000', 'http://localhost:3000'];

let emulator: Emulator;
let bff: BffProcess | undefined;

beforeAll(async () => {
  emulator = await startEmulator({ control: true });
});
afterEach(() => bff?.stop());
afterAll(() => emulator.close());

describe.each(['rememberizer', 'afdian', 'flarum', 'oidc'])('the recipe of %s', (id) => {
  test('can be tried without an account, as it says', async () => {
    const recipe = new Recipe(id, await freePort());
    const { clientId, clientSecret } = await register(recipe.curls()[0]);
    await run(recipe, { OAUTH_CLIENT_ID: clientId, OAUTH_CLIENT_SECRET: clientSecret });
    await expectLogin();
  }, 120_000);
});

test('the recipe of rememberizer-account can be tried without an account, as it says', async () => {
  const recipe = new Recipe('rememberizer-account', await freePort());
  await run(recipe, {});
  const [signIn, userInfo] = recipe.curls();
  const signedIn = await send(signIn);
  const cookie = signedIn.headers.getSetCookie().map((one) => one.split(';', 1)[0]);
  const who = await send(userInfo, { cookie: cookie.join('; ') });
  expect([signedIn.status, who.status]).toEqual([200, 200]);
}, 120_000);

test('the key that the recipe of oidc makes signs in, and only its public half leaves', async () => {
  const recipe = new Recipe('oidc', await freePort());
  const folder = await mkdtemp(join(tmpdir(), 'key-'));
  const [program = ''] = codeBlocks(recipe.text).flatMap(({ language, code }) =>
    language === 'js' && code.includes('generateKeyPairSync') ? [code] : [],
  );
  const node = promisify(execFile);
  await node(process.execPath, ['--input-type=module', '-e', program], { cwd: folder });
  const keyFile = join(folder, 'client-key.json');
  const jwks = JSON.parse(await readFile(join(folder, 'client-jwks.json'), 'utf8'));
  expect((await stat(keyFile)).mode & 0o077).toBe(0);
  expect(jwks.keys.map((key: object) => 'd' in key)).toEqual([false]);

  const known = { tokenEndpointAuthMethod: 'private_key_jwt', jwks };
  const { clientId } = await register(recipe.curls()[0], known);
  await run(recipe, { OAUTH_CLIENT_ID: clientId, OAUTH_CLIENT_KEY_FILE: keyFile });
  await expectLogin();
  await rm(folder, { recursive: true });
}, 120_000);

interface Curl {
  url: string;
  headers: Record<string, string>;
  body: string | undefined;
}

/** A recipe, its addresses those of this test. */
class Recipe {
  readonly text: string;
  readonly port: string;

  constructor(id: string, port: number) {
    this.port = String(port);
    this.text = read(`docs/providers/${id}.md`)
      .replaceAll(EMULATOR, emulator.url)
      .replaceAll(APP, `http://localhost:${port}`);
  }

  /** The last settings that it shows: those of its last section. */
  settings(): NodeJS.Dict<string> {
    const shown = this.#blocks().filter((code) => /^OAUTH_\w+=/.test(code));
    return parseEnv(shown.at(-1) ?? '');
  }

  curls(): Curl[] {
    const calls = this.#blocks().flatMap(
      (code) => code.match(/^curl (?:.*\\\n)*.*(?:\n(?!curl).*)*/gm) ?? [],
    );
    return calls.map((call) => ({
      url: /https?:\S+/.exec(call)?.[0] ?? '',
      headers: Object.fromEntries(matches(call, /-H '([^']*)'/g).map((line) => line.split(': '))),
      body: /-d '([^']*)'/.exec(call)?.[1],
    }));
  }

  #blocks(): string[] {
    return codeBlocks(this.text).flatMap(({ language, code }) => (language === 'sh' ? [code] : []));
  }
}

function send(curl: Curl | undefined, more: Record<string, string> = {}): Promise<Response> {
  const { url = '', headers, body } = curl ?? {};
  return fetch(url, { headers: { ...headers, ...more }, ...(body && { method: 'POST', body }) });
}

async function register(
  curl: Curl | undefined,
  more: object = {},
): Promise<{ clientId: string; clientSecret: string }> {
  const [app] = JSON.parse(curl?.body ?? '');
  const body = JSON.stringify([{ ...app, ...more }]);
  const answer = await send(curl && { ...curl, body });
  const { result } = (await answer.json()) as { result: Awaited<ReturnType<typeof register>> };
  return result;
}

/** Start the BFF with the settings of a recipe, and what somebody puts in. */
async function run(recipe: Recipe, filledIn: Record<string, string>): Promise<void> {
  const nobody = { url: '', clientId: '', clientSecret: '', redirectUris: [] };
  const settings = recipe.settings() as Record<string, string>;
  const own = { PORT: recipe.port, PROVIDER_TIMEOUT_MS: '60000' };
  bff = await startBff({ provider: nobody, env: { ...own, ...settings, ...filledIn } });
}

async function expectLogin(): Promise<void> {
  if (bff === undefined) throw new Error('nothing runs');
  const browser = new Browser(bff);
  const { location } = await browser.open('/auth/oauth/start', { from: 'same-origin' });
  const { url } = await passPages(await new Person().open(location));
  const { pathname, search } = new URL(url);
  const back = await browser.open(pathname + search, { from: 'cross-site' });
  expect(back.location).toBe('/?login=success');
  expect((await browser.call('GET', '/api/user/info')).status).toBe(200);
}

/** Sign in as the recipes say, and agree. */
async function passPages(first: Shown): Promise<Shown> {
  const person = { password: 'moonlight-oolong', captcha: 'bicycle' };
  let page = first;
  for (const button of ['Sign in', 'Log In', 'Allow', 'Agree']) {
    if (!new RegExp(`<button[^>]*>${button}<`).test(page.html)) continue;
    const [memento = ''] = matches(page.html, /name="memento" value="([^"]*)"/g);
    const fields = { ...person, username: 'yating', login: 'yating', memento };
    page = await page.submit(button, fields);
  }
  return page;
}
