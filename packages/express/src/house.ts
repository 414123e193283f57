import type { Log } from './log.ts';
import { type Attempts, createAttempts } from './login/attempt.ts';
import { createLogoutTickets, type LogoutTickets } from './login/logout-ticket.ts';
import { createSessionCookie, type SessionCookie } from './middleware/session-cookie.ts';
import { LOGOUT_ORDER_LIFE } from './oauth/logout-token.ts';
import type { Provider } from './oauth/provider.ts';
import { createProviderClient, type ProviderClient } from './oauth/provider-request.ts';
import { createProviders, type Providers } from './oauth/providers.ts';
import { redirectProvider } from './oauth/redirect-provider.ts';
import type { NormalizedOptions, NormalizedProvider } from './options.ts';
import { passwordProvider } from './password/password-provider.ts';
import { createPasswordRateLimit, type PasswordRateLimit } from './password/password-rate-limit.ts';
import { createProviderApi, type ProviderApi } from './proxy/provider-api.ts';
import { createEndings } from './session/endings.ts';
import { createLogoutOrders, type LogoutOrders } from './session/logout-orders.ts';
import { createOwnerNames } from './session/owner-names.ts';
import { createSealer } from './session/seal.ts';
import { createSealAgain, type SealAgain } from './session/seal-again.ts';
import { SealedStore } from './session/sealed-store.ts';
import { createSessions, type Sessions } from './session/session.ts';
import { createSessionIndex } from './session/session-index.ts';
import type { Store } from './store/store.ts';
import { createFreshTokens } from './tokens/fresh-tokens.ts';
import { createRevoke, type Revoke } from './tokens/revoke.ts';
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
  /** Wait for the refreshes that are under way: their tokens exist nowhere else. */
  readonly refreshesSettled: () => Promise<void>;
  readonly revoke: Revoke;
  readonly logoutTickets: LogoutTickets;
  readonly logoutOrders: LogoutOrders;
  readonly passwordRateLimit: PasswordRateLimit;
  readonly publicUrl: string;
}

/** Bring everybody together, each with what it needs. */
export function createHouse(options: NormalizedOptions): House {
  const { store, log, now, prefix, secure, publicUrl, sessionSecrets: secrets } = options;
  const idleTtl = options.sessionIdleTtl * 1000;
  const absoluteTtl = options.sessionAbsoluteTtl * 1000;
  const providerTimeout = options.providerTimeoutMs;

  const client = createProviderClient(providerTimeout);
  const providers = createProviders(
    options.providers.map((settings) => createProvider(settings, { client, now })),
  );

  const sealer = createSealer(secrets);
  const tokens = createTokenStore(store, sealer);
  const sealedStore = new SealedStore({ store, sealer, tokens, prefix, now, log });
  const ownerNames = createOwnerNames(secrets);
  const index = createSessionIndex({ store, sealer, ownerNames, prefix, absoluteTtl, now, log });
  const endings = createEndings({ store, ownerNames, prefix, now });
  const lives = { idleTtl, absoluteTtl, now, log };
  const kept = { store, sealedStore, index, endings, tokens, prefix, offers: providers.has };
  const sessions = createSessions({ ...kept, ...lives });

  const refresh = { store, tokenStore: tokens, sessions, providerTimeout, now, log };
  const { freshTokens, settled } = createFreshTokens(refresh);

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
    refreshesSettled: settled,
    revoke: createRevoke({ providers, log }),
    logoutTickets: createLogoutTickets({ store, sealer, prefix }),
    logoutOrders: createLogoutOrders({ store, prefix, life: LOGOUT_ORDER_LIFE }),
    passwordRateLimit: createPasswordRateLimit({ store, prefix, limit: options.rateLimitPassword }),
    publicUrl,
  };
}

/** Set a provider up, each kind in its own way. */
function createProvider(
  { profile, ...settings }: NormalizedProvider,
  tools: { client: ProviderClient; now: () => number },
): Provider {
  return profile.kind === 'redirect'
    ? redirectProvider({ ...settings, profile }, tools)
    : passwordProvider({ ...settings, profile }, tools);
}
