import { setTimeout as sleep } from 'node:timers/promises';
import { ApiError } from '../errors.ts';
import type { Log } from '../log.ts';
import type { Provider } from '../oauth/provider.ts';
import { refreshTokens, tokenFailure } from '../oauth/token-endpoint.ts';
import type { OpenSession, Sessions } from '../session/session.ts';
import { type Store, StoreUnavailableError } from '../store/store.ts';
import { type CoolDownReason, type Lease, requestLease } from './lease.ts';
import { isExpired, isStale, type TokenSet } from './token-set.ts';
import type { SealedTokens, TokenStore } from './token-store.ts';

/**
 * Give the session's tokens, refreshed if it is time: the one function that refreshes. However many
 * requests and processes ask, one token request is made and all share its result.
 *
 * @param options.failed the access token that the provider has just refused; if the stored one is
 *   another already, nothing is refreshed
 * @throws ApiError `session_expired` or `not_authenticated` when the session is over,
 *   `provider_unavailable` or `provider_error` when it is not but there is no usable token
 */
export type FreshTokens = (
  session: OpenSession,
  provider: Provider,
  options?: { failed?: string },
) => Promise<TokenSet>;

export interface FreshTokensOptions {
  store: Store;
  tokenStore: TokenStore;
  sessions: Sessions;
  /** Milliseconds that one call to the provider may take. */
  providerTimeout: number;
  now: () => number;
  log: Log;
}

/** What a refresh came to, for everybody who waited for it. */
type Outcome = SealedTokens | { cooling: CoolDownReason; remaining: number };

/** Milliseconds between two looks at what another process is doing. */
const POLL = 50;

export function createFreshTokens(options: FreshTokensOptions): FreshTokens {
  const { store, tokenStore, sessions, providerTimeout, now, log } = options;
  const inFlight = new Map<string, Promise<Outcome>>();

  return async function freshTokens(session, provider, { failed } = {}) {
    const { tokens } = session;
    if (tokens === undefined) throw await ended(session, 'not_authenticated');
    if (isFresh(tokens.tokens, failed)) return tokens.tokens;
    if (tokens.tokens.refreshToken === undefined) return withoutRefresh(session, tokens, failed);

    const outcome = await shared(session, provider, failed);
    if ('tokens' in outcome) {
      session.tokens = outcome;
      if (outcome.tokens.accessToken !== failed) return outcome.tokens;
      throw new ApiError('provider_unavailable', { reason: 'refused and not refreshed' });
    }
    return duringCoolDown(tokens.tokens, outcome, failed);
  };

  function isFresh(tokens: TokenSet, failed: string | undefined): boolean {
    return tokens.accessToken !== failed && !isStale(tokens, now());
  }

  async function withoutRefresh(session: OpenSession, { tokens }: SealedTokens, failed?: string) {
    if (tokens.accessToken !== failed && !isExpired(tokens, now())) return tokens;
    throw await ended(session, 'session_expired');
  }

  /** An outage is not a logout: what still lives is used on, otherwise the caller waits. */
  function duringCoolDown(
    tokens: TokenSet,
    { cooling, remaining }: { cooling: CoolDownReason; remaining: number },
    failed: string | undefined,
  ): TokenSet {
    if (tokens.accessToken !== failed && !isExpired(tokens, now())) return tokens;
    if (cooling === 'misconfigured') throw new ApiError('provider_error', { reason: 'refresh' });
    const retryAfter = Math.max(1, Math.ceil(remaining / 1000));
    throw new ApiError('provider_unavailable', { reason: 'refresh', retryAfter });
  }

  /** One refresh a session in this process: who comes later waits for the same promise. */
  function shared(session: OpenSession, provider: Provider, failed?: string): Promise<Outcome> {
    const { hash } = session.keys;
    const running = inFlight.get(hash);
    if (running !== undefined) return running;
    const started = acrossProcesses(session, provider, failed).finally(() => inFlight.delete(hash));
    inFlight.set(hash, started);
    return started;
  }

  /** One refresh a session over all processes: whoever has no lease waits for the holder's result. */
  async function acrossProcesses(
    session: OpenSession,
    provider: Provider,
    failed?: string,
  ): Promise<Outcome> {
    const patience = now() + providerTimeout + 15_000;
    while (now() < patience) {
      const request = await requestLease(store, session.keys.lease);
      if (request.kind === 'cooling') {
        return { cooling: request.reason, remaining: request.remaining };
      }
      if (request.kind === 'held') return underLease(request.lease, { session, provider, failed });
      await sleep(POLL);
      const stored = await read(session);
      if (isFresh(stored.tokens, failed)) return stored;
    }
    throw new ApiError('provider_unavailable', { reason: 'another process holds the lease' });
  }

  async function underLease(
    lease: Lease,
    {
      session,
      provider,
      failed,
    }: { session: OpenSession; provider: Provider; failed?: string | undefined },
  ): Promise<Outcome> {
    const stopKeeping = lease.keep();
    let coolDown: CoolDownReason | undefined;
    try {
      // Another process may have refreshed between our read and our lease.
      const stored = await read(session);
      if (isFresh(stored.tokens, failed)) return stored;
      const refreshed = await refresh(session, provider, stored);
      if (typeof refreshed !== 'string') return refreshed;
      coolDown = refreshed;
      return { cooling: coolDown, remaining: COOL_DOWN };
    } finally {
      stopKeeping();
      const letGo = coolDown ? lease.coolDown(coolDown, coolDownTime()) : lease.release();
      await letGo.catch((err) => log.warn({ event: 'tokens.lease_kept', err }));
    }
  }

  async function refresh(
    session: OpenSession,
    provider: Provider,
    stored: SealedTokens,
  ): Promise<SealedTokens | CoolDownReason> {
    const { refreshToken } = stored.tokens;
    const about = { session: session.keys.hash, provider: provider.id };
    if (refreshToken === undefined) throw await ended(session, 'session_expired');
    try {
      const tokens = await refreshTokens(provider, { ...stored.tokens, refreshToken }, now);
      log.info({ event: 'tokens.refreshed', ...about });
      return await save(session, stored, tokens);
    } catch (error) {
      if (error instanceof ApiError) throw error;
      const failure = tokenFailure(error);
      if (failure === 'refused') return settleRefusal(session, stored);
      const level = failure === 'misconfigured' ? 'error' : 'warn';
      log[level]({ event: 'tokens.refresh_failed', failure, err: error, ...about });
      return failure;
    }
  }

  /**
   * `invalid_grant` after a lost race is settled by reading again: if somebody stored other tokens
   * meanwhile, those are the session's.
   */
  async function settleRefusal(session: OpenSession, sent: SealedTokens): Promise<SealedTokens> {
    const stored = await read(session);
    if (stored.sealed !== sent.sealed) return stored;
    log.info({ event: 'session.expired', session: session.keys.hash });
    throw await ended(session, 'session_expired');
  }

  /** A store that is away now may be back before the tokens are worthless: they exist only here. */
  async function save(session: OpenSession, previous: SealedTokens, tokens: TokenSet) {
    for (;;) {
      try {
        const outcome = await tokenStore.replace(session, previous, tokens);
        if (outcome === 'gone') throw new ApiError('not_authenticated', { reason: 'logged out' });
        return outcome === 'changed' ? await read(session) : outcome;
      } catch (error) {
        if (!(error instanceof StoreUnavailableError)) throw error;
        if (now() >= session.record.absoluteExpiresAt) throw error;
        log.error({ event: 'tokens.not_saved', session: session.keys.hash, err: error });
        await sleep(250, undefined, { ref: false });
      }
    }
  }

  async function read(session: OpenSession): Promise<SealedTokens> {
    const stored = await tokenStore.read(session);
    if (stored === undefined) throw new ApiError('not_authenticated', { reason: 'logged out' });
    return stored;
  }

  async function ended(session: OpenSession, code: 'session_expired' | 'not_authenticated') {
    await sessions.close(session);
    return new ApiError(code, { reason: 'no token left' });
  }
}

/** Milliseconds until the provider is asked again, on average. */
const COOL_DOWN = 2000;

/** With jitter, so that the sessions of an outage do not come back in step. */
const coolDownTime = () => COOL_DOWN * (0.75 + Math.random() / 2);
