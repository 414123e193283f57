import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { type ProviderFailure, ProviderRequestError } from '../src/oauth/provider-request.ts';
import { StoreUnavailableError } from '../src/store/store.ts';
import type { TokenSet } from '../src/tokens/token-set.ts';
import { type Answer, tokenAnswer } from './fake-provider.ts';
import { code, house, slowly } from './session-house.ts';

const EXPIRED = { expiresAt: Date.now() - 1 };

const houseOf = (answer: Answer, tokens?: Partial<TokenSet>) => house(answer, tokens, 'one-shot');
const successor: Answer = async () =>
  tokenAnswer(200, { access_token: 'a2', token_type: 'Bearer', expires_in: 3600 });
const failing =
  (failure: ProviderFailure): Answer =>
  async () => {
    throw new ProviderRequestError(failure);
  };
const status =
  (number: number, body: object = {}): Answer =>
  async () =>
    tokenAnswer(number, body);

describe('a refresh token that is good for one use', () => {
  test('is sent once, and what comes without a successor is used to its end', async () => {
    const { process, session, fake, tokenStore } = await houseOf(slowly(successor, 50));
    const all = Array.from({ length: 5 }, process).map((one) => one(session(), fake.provider));
    for (const tokens of await Promise.all(all)) expect(tokens.accessToken).toBe('a2');
    expect(fake.sent).toEqual(['r1']);
    expect((await tokenStore.read(session()))?.tokens).not.toHaveProperty('refreshToken');
  });

  test('is out of the store before it is sent', async () => {
    const seen: unknown[] = [];
    const { process, session, fake, tokenStore } = await houseOf(async (...call) => {
      seen.push((await tokenStore.read(session()))?.tokens.refreshToken);
      return successor(...call);
    });
    await process()(session(), fake.provider);
    expect(seen).toEqual([undefined]);
  });

  test('is not missed by a request that comes while it is used, though the token has expired', async () => {
    const { process, session, fake, tokenStore } = await houseOf(slowly(successor, 150), EXPIRED);
    const first = process()(session(), fake.provider);
    await sleep(50);
    const late = { ...session(), tokens: await tokenStore.read(session()) };
    expect(late.tokens?.tokens.refreshToken).toBeUndefined();
    expect((await process()(late, fake.provider)).accessToken).toBe('a2');
    expect((await first).accessToken).toBe('a2');
    expect(fake.sent).toEqual(['r1']);
  });

  test.each([
    ['a time-out', failing('timeout')],
    ['a lost connection', failing('lost')],
    ['half an answer', failing('broken')],
    ['a 503', status(503)],
    ['a page', async () => ({ status: 200, headers: {}, body: '<html>' })],
  ] satisfies [string, Answer][])(
    'is never sent again after %s: the access token is used while it lives, then the session ends',
    async (_what, answer) => {
      const { process, session, fake, tokenStore, store, keys } = await houseOf(answer);
      const freshTokens = process();
      expect((await freshTokens(session(), fake.provider)).accessToken).toBe('a1');
      const later = { ...session(), tokens: await tokenStore.read(session()) };
      expect((await freshTokens(later, fake.provider)).accessToken).toBe('a1');
      const refused = freshTokens(later, fake.provider, { failed: 'a1' }).catch(code);
      expect(await refused).toBe('session_expired');
      expect(fake.sent).toEqual(['r1']);
      expect(await store.get(keys.session)).toBeNull();
    },
  );

  test('whose outcome is unknown ends the session at once where the access token has expired', async () => {
    const { process, session, fake, store, keys } = await houseOf(failing('timeout'), EXPIRED);
    expect(await process()(session(), fake.provider).catch(code)).toBe('session_expired');
    expect(await store.get(keys.session)).toBeNull();
  });

  test.each([
    ['no connection came about', failing('unreachable'), 'provider_unavailable'],
    ['our registration is wrong', status(401, { error: 'invalid_client' }), 'provider_error'],
  ] satisfies [string, Answer, string][])(
    'stays good where %s: it was not used',
    async (_what, answer, expected) => {
      let fails = true;
      const then: Answer = (...call) => (fails ? answer(...call) : successor(...call));
      const { process, session, fake, tokenStore } = await houseOf(then, EXPIRED);
      const freshTokens = process();
      expect(await freshTokens(session(), fake.provider).catch(code)).toBe(expected);
      expect((await tokenStore.read(session()))?.tokens.refreshToken).toBe('r1');
      fails = false;
      await sleep(2600);
      expect((await freshTokens(session(), fake.provider)).accessToken).toBe('a2');
    },
  );

  test('is not sent while the store cannot note that it is used', async () => {
    const { process, session, fake, store } = await houseOf(successor, EXPIRED);
    store.replace = async () => {
      throw new StoreUnavailableError('away');
    };
    await expect(process()(session(), fake.provider)).rejects.toThrow(StoreUnavailableError);
    expect(fake.sent).toEqual([]);
  });

  test('that the store forgot, and then did not say so, is put back: it was not sent', async () => {
    const { process, session, fake, store, tokenStore } = await houseOf(successor, EXPIRED);
    const { replace } = store;
    store.replace = async (change) => {
      store.replace = replace;
      await replace(change);
      throw new StoreUnavailableError('the answer was lost');
    };
    const freshTokens = process();
    await expect(freshTokens(session(), fake.provider)).rejects.toThrow(StoreUnavailableError);
    const stored = async () => (await tokenStore.read(session()))?.tokens.refreshToken;
    await expect.poll(stored).toBe('r1');
    expect(fake.sent).toEqual([]);
    const later = { ...session(), tokens: await tokenStore.read(session()) };
    expect((await freshTokens(later, fake.provider)).accessToken).toBe('a2');
    expect(fake.sent).toEqual(['r1']);
  });

  test('that is refused ends the session', async () => {
    const { process, session, fake } = await houseOf(status(400, { error: 'invalid_grant' }));
    expect(await process()(session(), fake.provider).catch(code)).toBe('session_expired');
  });

  test('that was used while its session was logged out brings nothing back', async () => {
    const { process, session, fake, sessions, store, keys } = await houseOf(slowly(successor, 100));
    const waiting = process()(session(), fake.provider).catch(code);
    await sleep(30);
    await sessions.close(session());
    expect(await waiting).toBe('not_authenticated');
    expect(await store.get(keys.tokens)).toBeNull();
  });
});
