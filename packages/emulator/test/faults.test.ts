import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Emulator, type Endpoint, startEmulator } from '../src/emulator.ts';
import { DemoApp } from './demo-app.ts';

let emulator: Emulator;
let app: DemoApp;
beforeAll(async () => {
  emulator = await startEmulator();
  app = new DemoApp(emulator);
});
afterAll(() => emulator.close());
beforeEach(() => emulator.control.reset());

function userinfo(accessToken = 'none', init: RequestInit = {}): Promise<Response> {
  return app.get('userinfo', accessToken, init);
}

/** The error code of the socket beneath a fetch that failed. */
async function broken(call: Promise<Response>): Promise<string> {
  const error = await call.then(
    () => new Error('there was an answer'),
    (reason: Error) => reason,
  );
  return String((error.cause as { code?: string } | undefined)?.code ?? error.message);
}

describe('each kind', () => {
  test('status: a JSON error of this status, with Retry-After', async () => {
    emulator.control.addFault({ endpoint: 'userinfo', kind: 'status', status: 429, retryAfter: 7 });
    const response = await userinfo();
    expect(response.status).toBe(429);
    expect(response.headers.get('retry-after')).toBe('7');
    expect(await response.json()).toMatchObject({ error: 'server_error' });
  });

  test('status: 500 where none is given', async () => {
    emulator.control.addFault({ endpoint: 'userinfo', kind: 'status' });
    expect((await userinfo()).status).toBe(500);
  });

  test('html: a page with 200', async () => {
    emulator.control.addFault({ endpoint: 'userinfo', kind: 'html' });
    const response = await userinfo();
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toContain('text/html');
  });

  test('malformed-json: JSON by its type, not by its text', async () => {
    emulator.control.addFault({ endpoint: 'userinfo', kind: 'malformed-json' });
    const response = await userinfo();
    expect(response.headers.get('content-type')).toContain('application/json');
    await expect(response.json()).rejects.toThrow(SyntaxError);
  });

  test('delay: the usual answer, later', async () => {
    const { access_token } = await app.tokens();
    emulator.control.addFault({ endpoint: 'userinfo', kind: 'delay', ms: 150 });
    const began = performance.now();
    expect((await userinfo(access_token)).status).toBe(200);
    expect(performance.now() - began).toBeGreaterThan(140);
  });

  test('hang: no answer', async () => {
    emulator.control.addFault({ endpoint: 'userinfo', kind: 'hang' });
    const signal = AbortSignal.timeout(200);
    await expect(userinfo('none', { signal })).rejects.toThrow('aborted');
  });

  test('reset: a TCP reset', async () => {
    emulator.control.addFault({ endpoint: 'userinfo', kind: 'reset' });
    expect(await broken(userinfo())).toBe('ECONNRESET');
  });

  test('lost-answer: the work is done, the answer never comes', async () => {
    const tokens = await app.tokens();
    emulator.control.addFault({ endpoint: 'refresh', kind: 'lost-answer', times: 1 });
    expect(await broken(app.refresh(tokens.refresh_token))).toBe('UND_ERR_SOCKET');
    expect(emulator.control.stats().grants[0]?.refreshes).toBe(1);
    expect((await app.refresh(tokens.refresh_token)).status).toBe(400);
    expect(emulator.control.stats().refreshReuses).toBe(1);
  });

  test('redirect: elsewhere, and it shows who follows', async () => {
    emulator.control.addFault({ endpoint: 'userinfo', kind: 'redirect' });
    const response = await userinfo();
    expect(response.status).toBe(302);
    expect(response.headers.get('location')).toBe('/aihubmix/moved');
    await userinfo('none', { redirect: 'follow' });
    expect(emulator.control.requests().at(-1)?.path).toBe('/aihubmix/moved');
  });

  test('huge: JSON of 32 MiB', async () => {
    emulator.control.addFault({ endpoint: 'userinfo', kind: 'huge' });
    const text = await (await userinfo()).text();
    expect(text.length).toBeGreaterThan(32 * 1024 * 1024);
    expect(Object.keys(JSON.parse(text))).toStrictEqual(['padding']);
  });

  test('huge: a reader that gives up hurts nobody', async () => {
    emulator.control.addFault({ endpoint: 'userinfo', kind: 'huge', times: 1 });
    await (await userinfo()).body?.cancel();
    expect((await userinfo()).status).toBe(401);
  });
});

describe('each endpoint has faults of its own', () => {
  const call: Record<Endpoint, () => Promise<Response>> = {
    authorize: () => fetch(app.authorizeUrl(), { redirect: 'manual' }),
    token: () => app.redeem('no-code'),
    refresh: () => app.refresh('refresh_unknown'),
    userinfo: () => userinfo(),
    topup: () => app.get('topup', 'none'),
  };
  const endpoints = Object.keys(call) as Endpoint[];

  test.each(endpoints)('%s', async (faulty) => {
    emulator.control.addFault({ endpoint: faulty, kind: 'status', status: 503 });
    for (const endpoint of endpoints) {
      expect([endpoint, (await call[endpoint]()).status === 503]).toEqual([
        endpoint,
        endpoint === faulty,
      ]);
    }
  });
});

test('times: as often as it says, then as usual; the next fault after it', async () => {
  emulator.control.addFault({ endpoint: 'userinfo', kind: 'status', status: 500, times: 2 });
  emulator.control.addFault({ endpoint: 'userinfo', kind: 'status', status: 502, times: 1 });
  const statuses = [];
  for (let call = 0; call < 4; call += 1) statuses.push((await userinfo()).status);
  expect(statuses).toEqual([500, 500, 502, 401]);
});

test('clearFaults: as usual again', async () => {
  emulator.control.addFault({ endpoint: 'userinfo', kind: 'status' });
  emulator.control.clearFaults();
  expect((await userinfo()).status).toBe(401);
});

test('close waits for nobody, not for an answer that hangs either', async () => {
  const short = await startEmulator();
  short.control.addFault({ endpoint: 'userinfo', kind: 'hang' });
  const hanging = broken(fetch(`${short.personas.aihubmix.baseUrl}/api/oauth2/userinfo`));
  while (short.control.stats().calls.userinfo === 0) await new Promise(setImmediate);
  await short.close();
  expect(await hanging).not.toBe('there was an answer');
});
