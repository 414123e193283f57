import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { auditAtTheEnd } from './audit.ts';
import { type BffProcess, startBff, startSibling } from './bff-process.ts';
import { Browser } from './browser-jar.ts';
import { signIn } from './sign-in.ts';
import { StrictProvider } from './strict-provider.ts';

let provider: StrictProvider;
let bff: BffProcess;
let sibling: BffProcess;
let brief: BffProcess;

beforeAll(async () => {
  provider = await new StrictProvider().open();
  const redisUrl = inject('redisUrl');
  bff = await startBff({ provider, redisUrl });
  const short = { SESSION_IDLE_TTL: '3', SESSION_ABSOLUTE_TTL: '6' };
  [sibling, brief] = await Promise.all([
    startSibling(bff, provider),
    startBff({ provider, redisUrl, env: short }),
  ]);
}, 30_000);

afterAll(async () => {
  await Promise.all([bff, sibling, brief].map((each) => each.stop()));
  await provider.close();
});

describe('S52 S61 S62 S124 cookies that are no sessions', () => {
  const oddities = [
    '%',
    '%00',
    '%zz',
    '=',
    ';;;',
    '',
    '""',
    '"x',
    'undefined',
    '[object Object]',
    's:',
    's:x',
    's:x.y',
    's%3Ax.y',
    'j:{"a":1}',
    'j%3A%7B%7D',
    '*',
    'sess:*',
    '\u00ff\u00fe',
    'x'.repeat(8000),
    '../../x',
    "' OR 1=1",
    '{}',
    '__proto__',
    'constructor',
    'a.b.c.d',
    'v1.x',
    '%0d%0aFLUSHALL%0d%0a',
  ];

  test.each(oddities)('%j is nobody, never an error', async (value) => {
    for (const cookie of [
      `cloakroom=${value}`,
      `cloakroom-login-x=${value}; cloakroom=${value}`,
      `${value}=${value}`,
      value,
    ]) {
      const headers = { cookie };
      const anonymous = new Browser(bff);
      expect((await anonymous.call('GET', '/auth/session', { headers })).json).toEqual({
        authenticated: false,
      });
      expect((await anonymous.call('GET', '/api/user/info', { headers })).status).toBe(401);
      expect((await anonymous.call('POST', '/auth/logout', { headers })).status).toBe(200);
      expect([302, 400]).toContain((await anonymous.open('/auth/oauth/start', { headers })).status);
    }
  });

  test('200 cookies at once', async () => {
    const cookie = Array.from({ length: 200 }, (_, at) => `c${at}=${at}`).join('; ');
    expect(
      (await new Browser(bff).call('GET', '/auth/session', { headers: { cookie } })).status,
    ).toBe(200);
  });

  test('a session cookie that was changed anywhere is none', async () => {
    const browser = await signIn(bff, provider);
    const value = browser.sessionCookie?.value ?? '';
    const step = Math.max(1, Math.floor(value.length / 12));
    for (let at = 0; at < value.length - 1; at += step) {
      const other = /[a-z]/.test(value[at] ?? '') ? 'Q' : 'q';
      for (const changed of [
        `${value.slice(0, at)}${other}${value.slice(at + 1)}`,
        value.slice(0, at),
        `${value.slice(0, at)}${value.slice(at + 1)}`,
      ]) {
        const headers = { cookie: `cloakroom=${changed}` };
        const answer = await browser.call('GET', '/api/user/info', { headers });
        expect([at, answer.status]).toEqual([at, 401]);
      }
    }
    const unsigned = [
      value.split('.')[0],
      decodeURIComponent(value).replace(/^s:/, '').split('.')[0],
    ];
    for (const part of unsigned.filter((each) => each !== value)) {
      const headers = { cookie: `cloakroom=${part}` };
      expect((await browser.call('GET', '/api/user/info', { headers })).status).toBe(401);
    }
    expect((await browser.call('GET', '/api/user/info')).status).toBe(200);
  });

  test('S61 two different session cookies are nobody, two equal ones may be somebody', async () => {
    const [alice, mallory] = [await signIn(bff, provider), await signIn(bff, provider)];
    const [own, evil] = [alice.sessionCookie?.value, mallory.sessionCookie?.value];
    for (const cookie of [
      `cloakroom=${own}; cloakroom=${evil}`,
      `cloakroom=${evil}; cloakroom=${own}`,
      `cloakroom=x; cloakroom=${own}`,
      `cloakroom=${own}; a=b; cloakroom=`,
    ]) {
      const headers = { cookie };
      expect((await alice.call('GET', '/auth/session', { headers })).json.authenticated).toBe(
        false,
      );
      expect((await alice.call('GET', '/api/user/info', { headers })).status).toBe(401);
    }
    const headers = { cookie: [`cloakroom=${own}`, `cloakroom=${evil}`] };
    expect((await alice.call('GET', '/api/user/info', { headers })).status).toBe(401);
  });

  test('S61 names that only look alike are not read', async () => {
    const { sessionCookie } = await signIn(bff, provider);
    for (const name of [
      'Cloakroom',
      'CLOAKROOM',
      '\u00a0cloakroom',
      '__Host-cloakroom',
      '__Host-Http-cloakroom',
      'cloakroom\u00a0',
      '"cloakroom"',
      'x; $Version=1; $cloakroom',
    ]) {
      const cookie = Buffer.from(`${name}=${sessionCookie?.value}`).toString('latin1');
      const answer = await new Browser(bff).call('GET', '/api/user/info', { headers: { cookie } });
      expect([name, answer.status]).toEqual([name, 401]);
    }
  });
});

auditAtTheEnd(() => [bff, sibling, brief]);
