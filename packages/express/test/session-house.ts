import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RefreshPolicy } from '@cloakroom/profiles/provider-profile';
import { pino } from 'pino';
import { ProviderRequestError } from '../src/oauth/provider-request.ts';
import { createEndings } from '../src/session/endings.ts';
import { createOwnerNames } from '../src/session/owner-names.ts';
import { createSealer } from '../src/session/seal.ts';
import { SealedStore } from '../src/session/sealed-store.ts';
import { createSessions, type OpenSession } from '../src/session/session.ts';
import { createSessionIndex } from '../src/session/session-index.ts';
import { sessionKeys } from '../src/session/session-keys.ts';
import { memoryStore } from '../src/store/memory.ts';
import { createFreshTokens } from '../src/tokens/fresh-tokens.ts';
import type { TokenSet } from '../src/tokens/token-set.ts';
import { createTokenStore } from '../src/tokens/token-store.ts';
import { type Answer, fakeProvider, tokenAnswer } from './fake-provider.ts';

export const HOUR = 3_600_000;
const log = pino({ level: 'silent' });

/** One store, any number of processes on it, one session in it. */
export async function house(
  answer: Answer,
  tokens: Partial<TokenSet> = {},
  refresh?: RefreshPolicy,
) {
  const store = memoryStore();
  const secrets = ['a-secret-of-more-than-32-bytes-0123456789'];
  const sealer = createSealer(secrets);
  const tokenStore = createTokenStore(store, sealer);
  const shared = { store, prefix: '', now: Date.now, log };
  const sealedStore = new SealedStore({ ...shared, sealer, tokens: tokenStore });
  const lives = { idleTtl: HOUR, absoluteTtl: HOUR };
  const ownerNames = createOwnerNames(secrets);
  const index = createSessionIndex({ ...shared, ...lives, sealer, ownerNames });
  const endings = createEndings({ ...shared, ownerNames });
  const kept = { sealedStore, index, endings, tokens: tokenStore, offers: () => true };
  const sessions = createSessions({ ...shared, ...lives, ...kept });
  const fake = fakeProvider(answer, refresh);
  const options = { store, tokenStore, sessions, providerTimeout: 1000, log };
  const refreshes = (now = Date.now) => createFreshTokens({ ...options, now });
  const process = (now?: () => number) => refreshes(now).freshTokens;

  const id = randomUUID();
  const keys = sessionKeys('', id);
  const stale = { accessToken: 'a1', refreshToken: 'r1', obtainedAt: Date.now() - HOUR };
  await store.set(keys.session, 'session', HOUR);
  const held = await tokenStore.create(
    { id, keys },
    { ...stale, expiresAt: Date.now() + 60_000, ...tokens },
    HOUR,
  );
  const record = {
    provider: 'test',
    user: { id: 1 },
    createdAt: 0,
    absoluteExpiresAt: Date.now() + HOUR,
    idleTtl: HOUR,
    device: 'Test',
  };
  const session = (): OpenSession => ({
    id,
    keys,
    record,
    idleExpiresAt: 0,
    isCurrent: true,
    tokens: held,
  });
  return { store, tokenStore, sessions, fake, process, refreshes, session, keys };
}

export const renewed: Answer = async (_sent, count) =>
  tokenAnswer(200, {
    access_token: `a${count + 1}`,
    refresh_token: `r${count + 1}`,
    token_type: 'Bearer',
    expires_in: 7200,
  });
export const slowly =
  (answer: Answer, ms: number): Answer =>
  async (sent, count) => {
    await sleep(ms);
    return answer(sent, count);
  };
export const lost: Answer = async () => {
  throw new ProviderRequestError('timeout');
};
export const code = (error: { code: string }) => error.code;
