import { setTimeout as sleep } from 'node:timers/promises';
import { ApiError } from '../errors.ts';
import type { Log } from '../log.ts';
import type { Provider } from '../oauth/provider.ts';
import { lostCall, tokenFailure } from '../oauth/token-endpoint.ts';
import type { OpenSession, Sessions } from '../session/session.ts';
import { StoreUnavailableError } from '../store/store.ts';
import { giveBack } from './give-back.ts';
import type { CoolDownReason } from './lease.ts';
import type { TokenSet } from './token-set.ts';
import type { SealedTokens, TokenStore } from './token-store.ts';

/**
 * Refresh what was read, and save it. To be called by the holder of the lease only.
 * @param onUnsaved called when the store does not take the new tokens; they are offered to it again
 *   until it does
 * @returns what is stored now, which may be without a refresh token and no fresher than before, or
 *   why the provider should not be asked again at once
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

/** What takes the place of what in the store. */
interface Replacement {
  previous: SealedTokens;
  next: SealedTokens;
  onUnsaved: (error: StoreUnavailableError) => void;
}

/** Milliseconds between two offers of tokens to a store that is away. */
const OFFER_AGAIN = 250;

export function createRefresh({ tokenStore, sessions, now, log }: RefreshOptions): Refresh {
  return async function refresh(session, provider, { stored, onUnsaved }) {
    const { refreshToken } = stored.tokens;
    if (refreshToken === undefined) return stored;
    const about = { session: session.keys.hash, provider: provider.id };
    const oneShot = provider.profile.refresh === 'one-shot';
    const kept = oneShot ? await giveUp(session, provider, { stored, onUnsaved }) : stored;
    if (kept === 'changed') return readTokens(tokenStore, session);

    let tokens: TokenSet;
    try {
      const subject = String(session.record.user.id);
      tokens = await provider.refresh({ refreshToken, previous: kept.tokens, subject });
    } catch (error) {
      const failure = tokenFailure(error);
      if (failure === 'refused') return settleRefusal(session, kept, error);
      const level = failure === 'misconfigured' ? 'error' : 'warn';
      log[level]({ event: 'tokens.refresh_failed', code: failure, err: error, ...about });
      if (!oneShot) return failure;
      if (failure === 'outage' && !neverSent(error)) return kept;
      await save(session, provider, { previous: kept, next: stored, onUnsaved });
      return failure;
    }
    log.info({ event: 'tokens.refreshed', ...about });
    const next = tokenStore.seal(session, tokens);
    return save(session, provider, { previous: kept, next, onUnsaved });
  };

  /**
   * Take a token that is good for one use out of the store before it is sent: then nobody can send
   * it again, though this process dies or its answer is lost.
   */
  async function giveUp(
    session: OpenSession,
    provider: Provider,
    { stored, onUnsaved }: Parameters<Refresh>[2],
  ): Promise<SealedTokens | 'changed'> {
    const { refreshToken: _, ...others } = stored.tokens;
    const kept = tokenStore.seal(session, others);
    try {
      const outcome = await tokenStore.replace(session, stored, kept);
      if (outcome === 'gone') throw loggedOut();
      return outcome === 'replaced' ? kept : outcome;
    } catch (error) {
      if (!(error instanceof StoreUnavailableError)) throw error;
      // The store may have forgotten it all the same, and it was never sent.
      onUnsaved(error);
      await save(session, provider, { previous: kept, next: stored, onUnsaved });
      throw error;
    }
  }

  /**
   * `invalid_grant` after a lost race is settled by reading again: if somebody stored other tokens
   * meanwhile, those are the session's.
   */
  async function settleRefusal(
    session: OpenSession,
    sent: SealedTokens,
    refusal: unknown,
  ): Promise<SealedTokens> {
    const stored = await readTokens(tokenStore, session);
    return stored.sealed === sent.sealed ? expired(session, refusal) : stored;
  }

  /** A store that is away now may be back before the tokens are worthless: they exist only here. */
  async function save(
    session: OpenSession,
    provider: Provider,
    { previous, next, onUnsaved }: Replacement,
  ): Promise<SealedTokens> {
    const about = { session: session.keys.hash };
    let offered = 0;
    for (;;) {
      try {
        const outcome = await tokenStore.replace(session, previous, next);
        if (offered > 0) log.info({ event: 'tokens.saved_late', ...about });
        if (outcome === 'gone') {
          // The session ended while its tokens were refreshed: nobody may use the new ones.
          void giveBack(provider, next.tokens, log);
          throw loggedOut();
        }
        return outcome === 'changed' ? await readTokens(tokenStore, session) : next;
      } catch (error) {
        if (!(error instanceof StoreUnavailableError)) throw error;
        if (now() >= session.record.absoluteExpiresAt) throw error;
        if (offered === 0) log.error({ event: 'tokens.not_saved', err: error, ...about });
        offered += 1;
        onUnsaved(error);
        await sleep(OFFER_AGAIN, undefined, { ref: false });
      }
    }
  }

  async function expired(session: OpenSession, refusal: unknown): Promise<never> {
    await sessions.close(session);
    const { provider } = session.record;
    log.info({ event: 'session.expired', session: session.keys.hash, provider, err: refusal });
    throw new ApiError('session_expired', { reason: 'the refresh was refused' });
  }
}

const neverSent = (error: unknown) => lostCall(error)?.failure === 'unreachable';

const loggedOut = () => new ApiError('not_authenticated', { reason: 'logged out' });

/** Read a session's tokens anew. @throws ApiError when the session ended meanwhile */
export async function readTokens(
  tokenStore: TokenStore,
  session: OpenSession,
): Promise<SealedTokens> {
  const stored = await tokenStore.read(session);
  if (stored === undefined) throw loggedOut();
  return stored;
}
