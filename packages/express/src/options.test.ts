import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { aihubmix } from '@cloakroom/profiles/aihubmix';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { type CloakroomOptions, normalizeOptions, OptionsError } from './options.ts';
import { memoryStore } from './store/memory.ts';

const provider = { profile: aihubmix, clientId: 'id', clientSecret: 'secret' };
const options = {
  publicUrl: 'http://localhost:3000',
  sessionSecrets: ['a-secret-of-more-than-32-bytes-0123456789'],
  store: memoryStore(),
  providers: [provider],
};

function problemsOf(changed: object): readonly string[] {
  try {
    normalizeOptions({ ...options, ...changed } as CloakroomOptions);
    return [];
  } catch (error) {
    if (error instanceof OptionsError) return error.problems;
    throw error;
  }
}

test('what is given as undefined has its default', () => {
  const optional = ['sessionIdleTtl', 'sessionAbsoluteTtl', 'prefix', 'providerTimeoutMs'];
  const names = [...optional, 'rateLimitLogin', 'rateLimitPassword', 'now', 'log'];
  const none = Object.fromEntries(names.map((name) => [name, undefined]));
  const { log: _, ...byDefault } = normalizeOptions(options);
  expect(Object.keys(byDefault)).toEqual(expect.arrayContaining(names.slice(0, -1)));
  const { log, ...others } = normalizeOptions({ ...options, ...none });
  expect(others).toEqual(byDefault);
  expect(log.warn).toBeTypeOf('function');
});

test('what must be there is asked for by name', () => {
  const none = { publicUrl: undefined, sessionSecrets: undefined, providers: undefined };
  expect(problemsOf({ ...none, store: undefined })).toEqual([
    'publicUrl: must be an http or https origin',
    'sessionSecrets: must name one at least',
    'store: is required',
    'providers: must name one at least',
  ]);
});

const NUMBERS = {
  sessionIdleTtl: 1,
  sessionAbsoluteTtl: 1,
  providerTimeoutMs: 1,
  rateLimitLogin: 0,
  rateLimitPassword: 0,
};

test('numbers that no timer and no store can use are listed, each by name', () => {
  for (const wrong of [Number.NaN, -5, Number.POSITIVE_INFINITY, 1.5, 2 ** 31, '60', null]) {
    const all = Object.fromEntries(Object.keys(NUMBERS).map((name) => [name, wrong]));
    expect(problemsOf(all).map((problem) => problem.split(':')[0])).toEqual(Object.keys(NUMBERS));
  }
});

test.each(Object.entries(NUMBERS))('%s may be %i, and no less', (name, least) => {
  expect(problemsOf({ [name]: least })).toEqual([]);
  expect(problemsOf({ [name]: 2 ** 31 - 1 })).toEqual([]);
  expect(problemsOf({ [name]: least - 1 })).toHaveLength(1);
});

test('a redirect URI must end in the callback of its own provider', () => {
  const second = { ...provider, id: 'second' };
  const at = (redirectUri: string, index: number) =>
    problemsOf({
      providers: [provider, second].map((one, place) =>
        place === index ? { ...one, redirectUri } : one,
      ),
    });
  expect(at('http://localhost/oauth/callback', 0)).toEqual([]);
  expect(at('http://localhost/oauth/callback/aihubmix', 0)).toEqual([]);
  expect(at('http://localhost/oauth/callback/second', 1)).toEqual([]);
  expect(at('http://localhost/oauth/callback/second', 0)).toHaveLength(1);
  expect(at('http://localhost/oauth/callback?next=/oauth/callback', 0)).toHaveLength(1);
  expect(at('http://localhost/oauth/callback', 1)).toEqual([
    'providers[1] (second): redirectUri must be a URL that ends in /oauth/callback/second',
  ]);
});

test('a logger of the adopter gets errors without what hangs on them', () => {
  const lines: string[] = [];
  const { log } = normalizeOptions({
    ...options,
    log: pino({}, { write: (line) => lines.push(line) }),
  });
  log.error({ event: 'test', err: Object.assign(new Error('above'), { body: 'CANARY' }) });
  expect(lines.join('')).toContain('above');
  expect(lines.join('')).not.toContain('CANARY');
});

test('without a logger, lines are written that hold no secret', () => {
  const script = `
    import { normalizeOptions } from ${JSON.stringify(new URL('options.ts', import.meta.url))};
    import { aihubmix } from '@cloakroom/profiles/aihubmix';
    const options = JSON.parse(process.argv[1]);
    const [provider] = options.providers;
    const { log } = normalizeOptions({ ...options, providers: [{ ...provider, profile: aihubmix }] });
    log.debug({ event: 'quiet' });
    log.info({ event: 'test', refreshToken: 'CANARY', answer: { cookies: 'CANARY' } });
  `;
  const output = execFileSync(
    process.execPath,
    ['--input-type=module', '--eval', script, JSON.stringify(options)],
    { cwd: fileURLToPath(new URL('.', import.meta.url)), encoding: 'utf8' },
  );
  expect(JSON.parse(output)).toMatchObject({ event: 'test', refreshToken: '[redacted]' });
  expect(output).not.toContain('CANARY');
});
