import { setTimeout as sleep } from 'node:timers/promises';
import { ApiError } from '../errors.ts';
import type { Log } from '../log.ts';
import type { Provider } from '../oauth/provider.ts';
import { refreshTokens, tokenFailure } from '../oauth/token-endpoint.ts';
import type { OpenSession, Sessions } from '../session/session.ts';
import { StoreUnavailableError } from '../store/store.ts';
import type { CoolDownReason } from './lease.ts';
import type { TokenSet } from './token-set.ts';
import type { SealedTokens, TokenStore } from './token-store.ts';

/**
 * Refresh what was read, and save it. To be called by the holder of the lease only.
 * @param onUnsaved called when the store does not take the new tokens; they are offered to it again
 *   until it does
 * @returns what is stored now, or why the provider should not be asked again at once
 * @throws ApiError when the session is over
 */
export type Refresh = (
  session: OpenSession,
  provider: Provider,
  refresh: { stored: SealedTokens; onUnsaved: (error: StoreUnavailableError) => void },
) => Promise<SealedTokens | CoolDownReason>;

export interface RefreshOptions {
  tokenStore: TokenStore;
  sessions: Sessions;
  now: () => number;
  log: Log;
}

/** Milliseconds between two offers of tokens to a store that is away. */
const OFFER_AGAIN = 250;

export function createRefresh({ tokenStore, sessions, now, log }: RefreshOptions): Refresh {
  return async function refresh(session, provider, { stored, onUnsaved }) {
    const { refreshToken } = stored.tokens;
    if (refreshToken === undefined) return expired(session);
    const about = { session: session.keys.hash, provider: provider.id };
    let tokens: TokenSet;
    try {
      tokens = await refreshTokens(provider, { ...stored.tokens, refreshToken }, now);
    } catch (error) {
      const failure = tokenFailure(error);
      if (failure === 'refused') return settleRefusal(session, stored);
      const level = failure === 'misconfigured' ? 'error' : 'warn';
      log[level]({ event: 'tokens.refresh_failed', code: failure, err: error, ...about });
      return failure;
    }
    log.info({ event: 'tokens.refreshed', ...about });
    return save(session, { stored, tokens, onUnsaved });
  };

  /**
   * `invalid_grant` after a lost race is settled by reading again: if somebody stored other tokens
   * meanwhile, those are the session's.
   */
  async function settleRefusal(session: OpenSession, sent: SealedTokens): Promise<SealedTokens> {
    const stored = await readTokens(tokenStore, session);
    return stored.sealed === sent.sealed ? expired(session) : stored;
  }

  /** A store that is away now may be back before the tokens are worthless: they exist only here. */
  async function save(
    session: OpenSession,
    refreshed: {
      stored: SealedTokens;
      tokens: TokenSet;
      onUnsaved: (error: StoreUnavailableError) => void;
    },
  ): Promise<SealedTokens> {
    for (;;) {
      try {
        const saved = await tokenStore.replace(session, refreshed.stored, refreshed.tokens);
        if (saved === 'gone') throw new ApiError('not_authenticated', { reason: 'logged out' });
        return saved === 'changed' ? await readTokens(tokenStore, session) : saved;
      } catch (error) {
        if (!(error instanceof StoreUnavailableError)) throw error;
        if (now() >= session.record.absoluteExpiresAt) throw error;
        log.error({ event: 'tokens.not_saved', session: session.keys.hash, err: error });
        refreshed.onUnsaved(error);
        await sleep(OFFER_AGAIN, undefined, { ref: false });
      }
    }
  }

  async function expired(session: OpenSession): Promise<never> {
    await sessions.close(session);
    log.info({ event: 'session.expired', session: session.keys.hash });
    throw new ApiError('session_expired', { reason: 'the provider refused the refresh' });
  }
}

/** Read a session's tokens anew. @throws ApiError when the session ended meanwhile */
export async function readTokens(
  tokenStore: TokenStore,
  session: OpenSession,
): Promise<SealedTokens> {
  const stored = await tokenStore.read(session);
  if (stored === undefined) throw new ApiError('not_authenticated', { reason: 'logged out' });
  return stored;
}
