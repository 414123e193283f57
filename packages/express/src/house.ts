import type { Log } from './log.ts';
import { type Attempts, createAttempts } from './login/attempt.ts';
import { createSessionCookie, type SessionCookie } from './middleware/session-cookie.ts';
import { createProvider } from './oauth/provider.ts';
import { createProviderClient, type ProviderClient } from './oauth/provider-request.ts';
import { createProviders, type Providers } from './oauth/providers.ts';
import type { NormalizedOptions } from './options.ts';
import { createProviderApi, type ProviderApi } from './proxy/provider-api.ts';
import { createSealer } from './session/seal.ts';
import { createSealAgain, type SealAgain } from './session/seal-again.ts';
import { SealedStore } from './session/sealed-store.ts';
import { createSessions, type Sessions } from './session/session.ts';
import { createSessionIndex } from './session/session-index.ts';
import type { Store } from './store/store.ts';
import { createFreshTokens } from './tokens/fresh-tokens.ts';
import { createTokenStore } from './tokens/token-store.ts';

/** Everybody who works here. A route takes whom it needs. */
export interface House {
  readonly store: Store;
  readonly log: Log;
  readonly now: () => number;
  readonly client: ProviderClient;
  readonly providers: Providers;
  readonly attempts: Attempts;
  readonly sessionCookie: SessionCookie;
  readonly sessions: Sessions;
  readonly sealAgain: SealAgain;
  readonly callProvider: ProviderApi;
}

/** Bring everybody together, each with what it needs. */
export function createHouse(options: NormalizedOptions): House {
  const { store, log, now, prefix, secure, sessionSecrets: secrets } = options;
  const idleTtl = options.sessionIdleTtl * 1000;
  const absoluteTtl = options.sessionAbsoluteTtl * 1000;
  const providerTimeout = options.providerTimeoutMs;

  const client = createProviderClient(providerTimeout);
  const providers = createProviders(options.providers.map((one) => createProvider(one, client)));

  const sealer = createSealer(secrets);
  const tokens = createTokenStore(store, sealer);
  const sealedStore = new SealedStore({ store, sealer, tokens, prefix, now });
  const index = createSessionIndex({ store, sealer, secrets, prefix, absoluteTtl, now, log });
  const lives = { idleTtl, absoluteTtl, now, log };
  const kept = { store, sealedStore, index, tokens, prefix, offers: providers.has };
  const sessions = createSessions({ ...kept, ...lives });

  const refresh = { store, tokenStore: tokens, sessions, providerTimeout, now, log };
  const freshTokens = createFreshTokens(refresh);

  return {
    store,
    log,
    now,
    client,
    providers,
    attempts: createAttempts({ store, sealer, secure, prefix, now }),
    sessionCookie: createSessionCookie({
      store: sealedStore,
      secrets,
      secure,
      maxAge: absoluteTtl,
      now,
    }),
    sessions,
    sealAgain: createSealAgain({ store, sealedStore, index, tokens, log }),
    callProvider: createProviderApi({ client, freshTokens, sessions, log }),
  };
}
