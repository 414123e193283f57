import { setTimeout as sleep } from 'node:timers/promises';
import { ApiError } from '../errors.ts';
import type { Log } from '../log.ts';
import type { Provider } from '../oauth/provider.ts';
import type { OpenSession, Sessions } from '../session/session.ts';
import type { Store, StoreUnavailableError } from '../store/store.ts';
import { type CoolDownReason, type Lease, requestLease } from './lease.ts';
import { createRefresh, readTokens } from './refresh.ts';
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

/** Who wants fresh tokens, and why. */
interface Asked {
  session: OpenSession;
  provider: Provider;
  failed: string | undefined;
  onUnsaved: (error: StoreUnavailableError) => void;
}

/** Milliseconds between two looks at what another process is doing. */
const POLL = 50;

/** The refreshes of a process. */
export interface Refreshes {
  freshTokens: FreshTokens;
  /** Wait until none is under way, those included whose tokens a store that is away has not taken. */
  settled(): Promise<void>;
}

export function createFreshTokens(options: FreshTokensOptions): Refreshes {
  const { store, tokenStore, sessions, providerTimeout, now, log } = options;
  const refresh = createRefresh({ tokenStore, sessions, now, log });
  const inFlight = new Map<string, Promise<Outcome>>();
  const underWay = new Set<Promise<Outcome>>();

  return {
    freshTokens,
    async settled() {
      while (underWay.size > 0) await Promise.allSettled(underWay);
    },
  };

  async function freshTokens(
    session: OpenSession,
    provider: Provider,
    { failed }: { failed?: string } = {},
  ): Promise<TokenSet> {
    const { tokens } = session;
    if (tokens === undefined) throw await ended(session, 'not_authenticated');
    if (isFresh(tokens.tokens, failed) || isLast(tokens.tokens, failed)) return tokens.tokens;

    const joins = inFlight.has(session.keys.hash);
    const refreshed = await refreshedTokens(session, provider, failed);
    // A refresh that was on its way already may bring the very token that was refused since.
    if (!joins || refreshed.accessToken !== failed) return refreshed;
    return refreshedTokens(session, provider, failed);
  }

  async function refreshedTokens(session: OpenSession, provider: Provider, failed?: string) {
    const before = session.tokens?.tokens;
    const outcome = await shared(session, provider, failed);
    if ('cooling' in outcome) return duringCoolDown(before, outcome, failed);
    session.tokens = outcome;
    const { tokens } = outcome;
    // Only whoever has the lease may conclude that: a token for one use is away while it is used.
    const isOver = tokens.refreshToken === undefined && !isUsable(tokens, failed);
    if (isOver) throw await ended(session, 'session_expired');
    return tokens;
  }

  /** Nothing to refresh with, but still good. */
  function isLast(tokens: TokenSet, failed: string | undefined): boolean {
    return tokens.refreshToken === undefined && isUsable(tokens, failed);
  }

  function isUsable(tokens: TokenSet, failed: string | undefined): boolean {
    return tokens.accessToken !== failed && !isExpired(tokens, now());
  }

  function isFresh(tokens: TokenSet, failed: string | undefined): boolean {
    return tokens.accessToken !== failed && !isStale(tokens, now());
  }

  /** An outage is not a logout: what still lives is used on, otherwise the caller waits. */
  function duringCoolDown(
    tokens: TokenSet | undefined,
    { cooling, remaining }: { cooling: CoolDownReason; remaining: number },
    failed: string | undefined,
  ): TokenSet {
    if (tokens !== undefined && isUsable(tokens, failed)) return tokens;
    if (cooling === 'misconfigured') throw new ApiError('provider_error', { reason: 'refresh' });
    const retryAfter = Math.max(1, Math.ceil(remaining / 1000));
    throw new ApiError('provider_unavailable', { reason: 'refresh', retryAfter });
  }

  /**
   * One refresh a session in this process: who comes later waits for the same one. Nobody waits for
   * a store that is away to take the new tokens; the refresh itself does.
   */
  function shared(session: OpenSession, provider: Provider, failed?: string): Promise<Outcome> {
    const { hash } = session.keys;
    const running = inFlight.get(hash);
    if (running !== undefined) return running;
    const unsaved = Promise.withResolvers<never>();
    const asked = { session, provider, failed, onUnsaved: unsaved.reject };
    const whole = acrossProcesses(asked).finally(() => {
      inFlight.delete(hash);
      underWay.delete(whole);
    });
    underWay.add(whole);
    const started = Promise.race([whole, unsaved.promise]);
    inFlight.set(hash, started);
    return started;
  }

  /** One refresh a session over all processes: whoever has no lease waits for the holder's result. */
  async function acrossProcesses(asked: Asked): Promise<Outcome> {
    const { session, failed } = asked;
    const patience = now() + providerTimeout + 15_000;
    while (now() < patience) {
      const request = await requestLease(store, session.keys);
      if (request.kind === 'cooling') {
        return { cooling: request.reason, remaining: request.remaining };
      }
      if (request.kind === 'held') {
        const outcome = await underLease(request.lease, asked);
        if (outcome !== 'lease lost') return outcome;
      }
      await sleep(POLL);
      const stored = await readTokens(tokenStore, session);
      if (isFresh(stored.tokens, failed)) return stored;
    }
    log.warn({ event: 'tokens.refresh_not_awaited', session: session.keys.hash });
    return { cooling: 'outage', remaining: COOL_DOWN };
  }

  async function underLease(
    lease: Lease,
    { session, provider, failed, onUnsaved }: Asked,
  ): Promise<Outcome | 'lease lost'> {
    const stopKeeping = lease.keep();
    let coolDown: CoolDownReason | undefined;
    try {
      // Another process may have refreshed between our read and our lease.
      const stored = await readTokens(tokenStore, session);
      if (isFresh(stored.tokens, failed)) return stored;
      // Whoever stood still since, as a stopped process does, may have read what is used up by now.
      if (!lease.isYoung()) return 'lease lost';
      const refreshed = await refresh(session, provider, { stored, onUnsaved });
      if (typeof refreshed !== 'string') return refreshed;
      coolDown = refreshed;
      return { cooling: coolDown, remaining: COOL_DOWN };
    } finally {
      await stopKeeping();
      const letGo = coolDown ? lease.coolDown(coolDown, coolDownTime()) : lease.release();
      await letGo.catch((err) => log.warn({ event: 'tokens.lease_kept', err }));
    }
  }

  async function ended(session: OpenSession, code: 'session_expired' | 'not_authenticated') {
    await sessions.close(session);
    const { provider } = session.record;
    log.info({ event: 'session.expired', session: session.keys.hash, provider });
    return new ApiError(code, { reason: 'no token left' });
  }
}

/** Milliseconds until the provider is asked again, on average. */
const COOL_DOWN = 2000;

/** With jitter, so that the sessions of an outage do not come back in step. */
const coolDownTime = () => COOL_DOWN * (0.75 + Math.random() / 2);
