import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { StoreUnavailableError } from '../src/store/store.ts';
import { type Answer, tokenAnswer } from './fake-provider.ts';
import { code, HOUR, house, lost, renewed, slowly } from './session-house.ts';

describe('exactly one refresh', () => {
  test('for 50 requests of one process, and all share its result', async () => {
    const { process, session, fake } = await house(slowly(renewed, 50));
    const freshTokens = process();
    const all = Array.from({ length: 50 }, () => freshTokens(session(), fake.provider));
    expect(new Set((await Promise.all(all)).map((one) => one.accessToken))).toEqual(
      new Set(['a2']),
    );
    expect(fake.sent).toEqual(['r1']);
  });

  test('for ten processes with five requests each', async () => {
    const { process, session, fake } = await house(slowly(renewed, 120));
    const all = Array.from({ length: 10 }, process).flatMap((freshTokens) =>
      Array.from({ length: 5 }, () => freshTokens(session(), fake.provider)),
    );
    for (const tokens of await Promise.all(all)) expect(tokens.accessToken).toBe('a2');
    expect(fake.sent).toEqual(['r1']);
  });

  test('for ten parallel answers of 401, and none for one that comes late', async () => {
    const { process, session, fake } = await house(slowly(renewed, 30), {
      expiresAt: Date.now() + HOUR,
    });
    const freshTokens = process();
    const failed = { failed: 'a1' };
    const all = Array.from({ length: 10 }, () => freshTokens(session(), fake.provider, failed));
    for (const tokens of await Promise.all(all)) expect(tokens.accessToken).toBe('a2');
    expect((await freshTokens(session(), fake.provider, failed)).accessToken).toBe('a2');
    expect(fake.sent).toEqual(['r1']);
  });

  test('though the token call takes longer than the lease', async () => {
    const { process, session, fake } = await house(slowly(renewed, 6500));
    const [one, other] = [process(), process()];
    const all = [one(session(), fake.provider), other(session(), fake.provider)];
    for (const tokens of await Promise.all(all)) expect(tokens.accessToken).toBe('a2');
    expect(fake.sent).toEqual(['r1']);
  });
});

describe('a process that stood still', () => {
  test('asks whether it may still refresh, and sends no token that another has used up', async () => {
    const { process, session, fake, store } = await house(renewed);
    const { get } = store;
    let stopped = false;
    // It read the tokens, and was stopped before it could do anything with them.
    store.get = async (key) => {
      const value = await get(key);
      if (stopped || !key.startsWith('tokens:')) return value;
      stopped = true;
      await sleep(5200);
      return value;
    };
    const hold = store.hold;
    store.hold = async () => {}; // nor could it renew
    const waiting = process()(session(), fake.provider);
    await sleep(5100);
    store.hold = hold;
    expect((await process()(session(), fake.provider)).accessToken).toBe('a2');
    expect((await waiting).accessToken).toBe('a2');
    expect(fake.sent).toEqual(['r1']);
  });
});

describe('a refresh that others wait for too long', () => {
  test('takes no token away that still works', async () => {
    const expiresAt = Date.now() + HOUR / 15;
    const tokens = { obtainedAt: expiresAt - HOUR, expiresAt };
    const { process, session, fake, store, keys } = await house(renewed, tokens);
    await store.set(keys.lease, 'held:somebody', HOUR);
    let time = Date.now();
    // Each look at the clock is a second later.
    const freshTokens = process(() => {
      time += 1000;
      return time;
    });
    expect((await freshTokens(session(), fake.provider)).accessToken).toBe('a1');
    const refused = freshTokens(session(), fake.provider, { failed: 'a1' }).catch(code);
    expect(await refused).toBe('provider_unavailable');
    expect(fake.sent).toEqual([]);
  });
});

describe('a process that is told to stop', () => {
  test('waits for refreshes that nobody waits for any more', async () => {
    const { refreshes, session, fake, tokenStore } = await house(slowly(renewed, 300));
    const { freshTokens, settled } = refreshes();
    void freshTokens(session(), fake.provider);
    await settled();
    expect((await tokenStore.read(session()))?.tokens.refreshToken).toBe('r2');
  });
});

describe('what the provider said', () => {
  test('a refused refresh ends the session and leaves no key', async () => {
    const refused: Answer = async () => tokenAnswer(400, { error: 'invalid_grant' });
    const { process, session, fake, store, keys } = await house(refused);
    await expect(process()(session(), fake.provider).catch(code)).resolves.toBe('session_expired');
    for (const key of [keys.session, keys.tokens, keys.lease]) {
      expect(await store.get(key)).toBeNull();
    }
  });

  test('a refusal that comes from a lost race is settled by reading again', async () => {
    const { process, session, fake, tokenStore } = await house(async () => {
      const stored = await tokenStore.read(session());
      const newer = { accessToken: 'b', refreshToken: 's', obtainedAt: Date.now() };
      const next = tokenStore.seal(session(), newer);
      if (stored) await tokenStore.replace(session(), stored, next);
      return tokenAnswer(400, { error: 'invalid_grant' });
    });
    expect((await process()(session(), fake.provider)).accessToken).toBe('b');
  });

  test.each([
    ['a lost call', lost],
    ['a 503', async () => tokenAnswer(503, {})],
    ['a 429', async () => tokenAnswer(429, { error: 'slow_down' })],
    ['nonsense', async () => ({ status: 200, headers: {}, body: '<html>' })],
    ['a 400 of our own making', async () => tokenAnswer(401, { error: 'invalid_client' })],
  ] satisfies [string, Answer][])(
    '%s: the token is used on while it lives',
    async (_what, answer) => {
      const { process, session, fake, store, keys } = await house(answer);
      expect((await process()(session(), fake.provider)).accessToken).toBe('a1');
      expect(await store.get(keys.session)).not.toBeNull();
    },
  );

  test.each([
    ['an outage', lost, 'provider_unavailable'],
    [
      'our configuration',
      async () => tokenAnswer(401, { error: 'invalid_client' }),
      'provider_error',
    ],
  ] satisfies [string, Answer, string][])(
    '%s, with an expired token, is no logout',
    async (_what, answer, expected) => {
      const { process, session, fake, store, keys } = await house(answer, {
        expiresAt: Date.now() - 1,
      });
      await expect(process()(session(), fake.provider).catch(code)).resolves.toBe(expected);
      expect(await store.get(keys.session)).not.toBeNull();
    },
  );

  test('during an outage it is asked at most every two seconds or so, by all processes', async () => {
    const { process, session, fake } = await house(lost, { expiresAt: Date.now() - 1 });
    const processes = Array.from({ length: 4 }, process);
    const until = Date.now() + 1200;
    while (Date.now() < until) {
      await Promise.allSettled(processes.map((one) => one(session(), fake.provider)));
      await sleep(20);
    }
    expect(fake.sent.length).toBeLessThanOrEqual(2);
    expect(fake.atOnce).toBe(1);
  });

  test('after an outage the session works again', async () => {
    let away = true;
    const answer: Answer = (sent, count) => (away ? lost(sent, count) : renewed(sent, count));
    const { process, session, fake } = await house(answer, { expiresAt: Date.now() - 1 });
    const freshTokens = process();
    await expect(freshTokens(session(), fake.provider).catch(code)).resolves.toBe(
      'provider_unavailable',
    );
    away = false;
    await sleep(2600);
    expect((await freshTokens(session(), fake.provider)).accessToken).toMatch(/^a\d$/);
  });
});

describe('dead stays dead', () => {
  test('a logout during a refresh wins, and the new token is nobody’s', async () => {
    const { process, session, fake, sessions, store, keys } = await house(slowly(renewed, 100));
    const waiting = process()(session(), fake.provider).catch(code);
    await sleep(30);
    await sessions.close(session());
    expect(await waiting).toBe('not_authenticated');
    for (const key of [keys.session, keys.tokens, keys.lease]) {
      expect(await store.get(key)).toBeNull();
    }
  });

  test('without a refresh token a refused access token ends the session', async () => {
    const { process, session, fake, tokenStore } = await house(renewed);
    const { tokens } = session();
    if (tokens === undefined) throw new Error('the house has no tokens');
    const kept = tokenStore.seal(session(), { accessToken: 'a1', obtainedAt: 0 });
    await tokenStore.replace(session(), tokens, kept);
    const one = { ...session(), tokens: kept };
    expect((await process()(one, fake.provider)).accessToken).toBe('a1');
    const answer = process()(one, fake.provider, { failed: 'a1' }).catch(code);
    await expect(answer).resolves.toBe('session_expired');
    expect(fake.sent).toEqual([]);
  });
});

describe('a store that goes away between the answer and the save', () => {
  test('costs the request, not the tokens: they are saved when it is back', async () => {
    const { process, session, fake, store, tokenStore } = await house(renewed);
    let away = true;
    const { replace } = store;
    store.replace = async (change) => {
      if (away) throw new StoreUnavailableError('away');
      return replace(change);
    };
    const freshTokens = process();
    const waiting = [1, 2, 3].map(() => freshTokens(session(), fake.provider));
    for (const one of waiting) await expect(one).rejects.toThrow(StoreUnavailableError);
    away = false;
    await sleep(400);
    expect((await tokenStore.read(session()))?.tokens.accessToken).toBe('a2');
    expect((await freshTokens(session(), fake.provider)).accessToken).toBe('a2');
    expect(fake.sent).toEqual(['r1']);
  });
});
